package dev.polycert.vendor.exec;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.NamedAccount;
import dev.polycert.call.VendorError;
import dev.polycert.dns.DnsRecord;
import dev.polycert.program.Ending;
import dev.polycert.program.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the program for one record, in a directory that is gone afterwards. */
final class RecordProgram {
  private final String variable = NamedAccount.variable(ExecSettings.PROGRAM);
  private final PassedOn passedOn;
  private final Duration timeout;
  private final Clock clock;

  RecordProgram(PassedOn passedOn, Duration timeout, Clock clock) {
    this.passedOn = passedOn;
    this.timeout = timeout;
    this.clock = clock;
  }

  /**
   * Runs it to its end; blocks.
   *
   * @param action {@code present} or {@code cleanup}
   */
  Answer<String> run(Path program, String action, String zone, DnsRecord record, Instant deadline) {
    Instant patience = clock.instant().plus(timeout);
    Instant end = patience.isBefore(deadline) ? patience : deadline;
    try (Scratch scratch = Scratch.make()) {
      Map<String, String> environment = new HashMap<>(passedOn.values());
      // Programs keep keys and headers there; nobody else may find them.
      environment.put("HOME", scratch.directory().toString());
      environment.put("TMPDIR", scratch.directory().toString());
      environment.put("POLYCERT_ZONE", zone);
      environment.put("POLYCERT_RECORD_TYPE", record.type());
      // The arguments of the default mode ("Commands").
      List<String> arguments = List.of(action, record.name() + ".", record.value());
      return answer(
          new Program(program, arguments, environment, scratch.directory())
              .run(clock, end, passedOn.hidden()::in));
    } catch (IOException noDirectory) {
      return refused(
          ErrorClass.RETRY,
          "Exec.NoDirectory",
          "no directory for %s in %s: %s"
              .formatted(variable, System.getProperty("java.io.tmpdir"), noDirectory.getMessage()));
    }
  }

  private Answer<String> answer(Ending ending) {
    return switch (ending) {
      case Ending.Exited(int code, String lastLine) ->
          code == 0
              ? Answer.of("exit code 0")
              : refused(ErrorClass.RETRY, "Exec.Failed", "exit code " + code + ": " + lastLine);
      case Ending.Stopped() ->
          refused(
              ErrorClass.RETRY,
              "Exec.Timeout",
              "did not end within its time, %s (polycert.exec.timeout) or less".formatted(timeout));
      case Ending.NotStarted(String reason) ->
          refused(ErrorClass.FINAL, "Exec.NotStarted", variable + " " + reason);
      case Ending.Interrupted() ->
          refused(ErrorClass.RETRY, "Exec.Interrupted", "stopped together with Polycert");
    };
  }

  private static Answer<String> refused(ErrorClass errorClass, String code, String message) {
    return Answer.refused(new VendorError(errorClass, code, message));
  }
}
