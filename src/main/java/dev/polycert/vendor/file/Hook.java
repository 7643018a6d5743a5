package dev.polycert.vendor.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs the machine's command after a delivery: without a shell, with nothing of our environment but
 * {@code PATH}, because the vendors' keys are in there, and for so long at most.
 */
final class Hook {
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

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
    ProcessBuilder builder =
        new ProcessBuilder(command.toString(), directory.toString(), domain.ascii())
            .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(Set.of("PATH"));
    environment.put("POLYCERT_DIRECTORY", directory.toString());
    environment.put("POLYCERT_DOMAIN", domain.ascii());
    try {
      return run(builder.start(), deadline);
    } catch (IOException notStarted) {
      return error(ErrorClass.FINAL, "Hook.NotStarted", notStarted.toString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return error(ErrorClass.RETRY, "Hook.Interrupted", "stopped together with Polycert");
    }
  }

  private Optional<VendorError> run(Process process, Instant deadline)
      throws InterruptedException, IOException {
    process.getOutputStream().close();
    AtomicReference<String> lastLine = new AtomicReference<>("");
    Thread reader = Thread.startVirtualThread(() -> read(process.getInputStream(), lastLine));
    Duration left = Duration.between(clock.instant(), deadline);
    Duration patience = left.compareTo(timeout) < 0 ? left : timeout;
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return error(ErrorClass.RETRY, "Hook.Timeout", "did not end within its time, " + patience);
      }
      reader.join(LAST_WORDS);
      int code = process.exitValue();
      return code == 0
          ? Optional.empty()
          : error(ErrorClass.RETRY, "Hook.Failed", "exit code " + code + ": " + lastLine.get());
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Keeps the last line alone, and of that the beginning, whatever comes. */
  private static void read(InputStream output, AtomicReference<String> lastLine) {
    LastLine line = new LastLine();
    byte[] chunk = new byte[4096];
    try (output) {
      for (int read = output.read(chunk); read >= 0; read = output.read(chunk)) {
        line.add(chunk, read);
        lastLine.set(line.text());
      }
    } catch (IOException closed) {
      // It was stopped; what it said until then is kept.
    }
  }

  private static Optional<VendorError> error(ErrorClass errorClass, String code, String message) {
    return Optional.of(new VendorError(errorClass, code, message));
  }

  /** The last line that is not blank, of a stream of any length. */
  private static final class LastLine {
    private static final int LONGEST = 1000;

    private final StringBuilder current = new StringBuilder();
    private String last = "";

    void add(byte[] chunk, int length) {
      String text = new String(chunk, 0, length, UTF_8);
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '\n') {
          last = text();
          current.setLength(0);
        } else if (current.length() < LONGEST) {
          current.append(c);
        }
      }
    }

    String text() {
      return current.toString().isBlank() ? last : current.toString().strip();
    }
  }
}
