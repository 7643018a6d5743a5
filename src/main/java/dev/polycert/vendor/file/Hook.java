package dev.polycert.vendor.file;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.NamedAccount;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.program.Ending;
import dev.polycert.program.Program;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Runs the machine's command after a delivery, for so long at most. */
final class Hook {
  private final Path command;
  private final String variable = NamedAccount.variable(FileSettings.HOOK);
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
    Program program =
        new Program(
            command,
            List.of(directory.toString(), domain.ascii()),
            Map.of("POLYCERT_DIRECTORY", directory.toString(), "POLYCERT_DOMAIN", domain.ascii()),
            null);
    Instant end = patience.isBefore(deadline) ? patience : deadline;
    return switch (program.run(clock, end, UnaryOperator.identity())) {
      case Ending.Exited(int code, String lastLine) ->
          code == 0
              ? Optional.empty()
              : error(ErrorClass.RETRY, "Hook.Failed", "exit code " + code + ": " + lastLine);
      case Ending.Stopped() ->
          error(ErrorClass.RETRY, "Hook.Timeout", "did not end within its time, " + timeout);
      case Ending.NotStarted(String reason) ->
          error(ErrorClass.FINAL, "Hook.NotStarted", variable + " " + reason);
      case Ending.Interrupted() ->
          error(ErrorClass.RETRY, "Hook.Interrupted", "stopped together with Polycert");
    };
  }

  private static Optional<VendorError> error(ErrorClass errorClass, String code, String message) {
    return Optional.of(new VendorError(errorClass, code, message));
  }
}
