package dev.polycert.vendor.file;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Runs the machine's command after a delivery: without a shell, with nothing of our environment but
 * {@code PATH}, because the vendors' keys are in there, and for so long at most.
 */
final class Hook {
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final Path command;
  private final Duration timeout;
  private final Clock clock;

  Hook(Path command, Duration timeout, Clock clock) {
    this.command = command;
    this.timeout = timeout;
    this.clock = clock;
  }

  /**
   * Runs it to its end; blocks.
   *
   * @return why it failed; empty when it ended with exit code 0
   */
  Optional<VendorError> run(Path directory, DomainName domain, Instant deadline) {
    Instant patience = clock.instant().plus(timeout);
    Instant end = patience.isBefore(deadline) ? patience : deadline;
    try (Output output = Output.open()) {
      ProcessBuilder builder =
          new ProcessBuilder(command.toString(), directory.toString(), domain.ascii())
              .redirectErrorStream(true)
              .redirectOutput(output.redirect());
      Map<String, String> environment = builder.environment();
      environment.keySet().retainAll(Set.of("PATH"));
      environment.put("POLYCERT_DIRECTORY", directory.toString());
      environment.put("POLYCERT_DOMAIN", domain.ascii());
      return run(builder.start(), output, end);
    } catch (IOException notStarted) {
      return error(ErrorClass.FINAL, "Hook.NotStarted", notStarted.toString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return error(ErrorClass.RETRY, "Hook.Interrupted", "stopped together with Polycert");
    }
  }

  private Optional<VendorError> run(Process process, Output output, Instant end)
      throws InterruptedException, IOException {
    process.getOutputStream().close();
    // A child whose parent has ended is no descendant any more, so those seen are kept.
    Set<ProcessHandle> started = new HashSet<>();
    try {
      while (!process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(started::add);
        output.bound();
        if (!clock.instant().isBefore(end)) {
          return error(ErrorClass.RETRY, "Hook.Timeout", "did not end within its time, " + timeout);
        }
      }
      int code = process.exitValue();
      // What it leaves running on purpose may go on.
      started.clear();
      return code == 0
          ? Optional.empty()
          : error(ErrorClass.RETRY, "Hook.Failed", "exit code " + code + ": " + output.lastLine());
    } finally {
      process.descendants().forEach(started::add);
      process.destroyForcibly();
      started.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static Optional<VendorError> error(ErrorClass errorClass, String code, String message) {
    return Optional.of(new VendorError(errorClass, code, message));
  }
}
