package dev.polycert.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A program to run: without a shell, with nothing of our environment but {@code PATH}, because the
 * vendors' keys are in there.
 *
 * @param file the executable
 * @param environment what it gets besides
 * @param directory where it runs; null for where Polycert does
 */
public record Program(
    Path file, List<String> arguments, Map<String, String> environment, @Nullable Path directory) {
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  public Program {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /** Why a file cannot be run as a program; empty when it can. */
  public static Optional<String> wrong(Path file) {
    if (!file.isAbsolute()) {
      return Optional.of("must be an absolute path, not " + file);
    }
    if (!Files.isRegularFile(file)) {
      return Optional.of("names " + file + ", which is no file");
    }
    return Files.isExecutable(file)
        ? Optional.empty()
        : Optional.of("names " + file + ", which is not executable");
  }

  /**
   * Runs it to its end; blocks.
   *
   * @param end it is stopped then, with all that it has started
   * @param hide removes from what it prints what it must not repeat
   */
  public Ending run(Clock clock, Instant end, UnaryOperator<String> hide) {
    try (Output output = Output.open(hide)) {
      List<String> command = new ArrayList<>(List.of(file.toString()));
      command.addAll(arguments);
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.redirect());
      builder.environment().keySet().retainAll(Set.of("PATH"));
      builder.environment().putAll(environment);
      if (directory != null) {
        builder.directory(directory.toFile());
      }
      return ended(builder.start(), output, clock, end);
    } catch (IOException notStarted) {
      return new Ending.NotStarted(
          wrong(file).orElse("names " + file + ", which the system does not run"));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Ending.Interrupted();
    }
  }

  private static Ending ended(Process process, Output output, Clock clock, Instant end)
      throws InterruptedException, IOException {
    process.getOutputStream().close();
    // A child whose parent has ended is no descendant any more, so those seen are kept.
    Set<ProcessHandle> started = new HashSet<>();
    try {
      while (!process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(started::add);
        output.bound();
        if (!clock.instant().isBefore(end)) {
          return new Ending.Stopped();
        }
      }
      // A process that it leaves running on purpose may go on.
      started.clear();
      return new Ending.Exited(process.exitValue(), output.lastLine());
    } finally {
      process.descendants().forEach(started::add);
      process.destroyForcibly();
      started.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** Contains no value of the environment, because there may be keys in it. */
  @Override
  public String toString() {
    return file + " " + String.join(" ", arguments);
  }
}
