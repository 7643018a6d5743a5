package dev.polycert.vendor.exec;

import dev.polycert.call.Account;
import dev.polycert.call.Answer;
import dev.polycert.call.Caller;
import dev.polycert.call.Callers;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Exchange;
import dev.polycert.call.Failure;
import dev.polycert.call.NamedAccount;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.dns.BlindRecords;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.RecordTurns;
import dev.polycert.dns.WriterConfig;
import dev.polycert.program.Program;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Writes by a program of the operator's, which gets the arguments of lego's provider {@code exec}
 * (https://go-acme.github.io/lego/dns/exec/, quoted here by its headings).
 */
@ApplicationScoped
public class ExecWriter extends BlindRecords {
  /** The time that a program gets to end once it is stopped. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private static final Descriptor SERVICE =
      Descriptor.of("exec", "any DNS service that a program of yours can write")
          .variable(ExecSettings.PROGRAM, true, "its absolute path")
          .variable(PassedOn.NAMES, false, "the names of the variables that it needs")
          .propagates(Duration.ofMinutes(2));

  private final Service service;
  private final String programVariable = NamedAccount.variable(ExecSettings.PROGRAM);
  private final List<String> wrongSettings;
  private final Optional<Path> program;
  private final List<String> types;
  private final PassedOn passedOn;
  private final RecordProgram runs;
  private final Caller caller;
  private final Clock clock;

  /** Most programs read, change and write a zone, so one runs at a time. */
  private final RecordTurns turns = new RecordTurns();

  ExecWriter(ExecConfig ofDefault, WriterConfig writers, Config all, Callers callers, Clock clock) {
    ExecConfig config = ExecSettings.of(ofDefault, all);
    program = config.program();
    wrongSettings = ExecSettings.wrong(config);
    service =
        new Service(
            SERVICE,
            Account.current(
                SERVICE.id(), program.isPresent() ? List.of() : List.of(programVariable)));
    types = config.recordTypes();
    passedOn = new PassedOn(config.environment().orElse(List.of()), all);
    runs = new RecordProgram(passedOn, config.timeout(), clock);
    caller = callers.of(SERVICE, writers.service(SERVICE.id()));
    this.clock = clock;
  }

  @Override
  public Service service() {
    return service;
  }

  @Override
  protected Optional<VendorError> wrong(DnsRecord record) {
    return otherType(record).or(this::wrongProgram).or(passedOn::wrong);
  }

  private Optional<VendorError> otherType(DnsRecord record) {
    return types.contains(record.type())
        ? Optional.empty()
        : Optional.of(
            new VendorError(
                ErrorClass.FINAL,
                "Dns.OtherType",
                "polycert.exec.record-types says that the program writes %s, and %s is a %s"
                    .formatted(String.join(", ", types), record.name(), record.type())));
  }

  @Override
  public List<String> wrongSettings() {
    return wrongSettings;
  }

  private Optional<VendorError> wrongProgram() {
    return program
        .filter(path -> !path.isAbsolute())
        .flatMap(Program::wrong)
        .map(
            why ->
                new VendorError(
                    ErrorClass.CREDENTIALS, "Configuration", programVariable + " " + why));
  }

  @Override
  protected Uni<Answer<String>> present(String zone, DnsRecord record, WriteContext context) {
    return run("present", zone, record, context);
  }

  @Override
  protected Uni<Answer<String>> cleanUp(String zone, DnsRecord record, WriteContext context) {
    return run("cleanup", zone, record, context);
  }

  private Uni<Answer<String>> run(
      String action, String zone, DnsRecord record, WriteContext context) {
    if (program.isEmpty()) {
      return service.account().<String>unconfigured().now();
    }
    Instant end = context.deadline();
    Duration left = Duration.between(clock.instant(), end).plus(GRACE);
    if (!left.isPositive()) {
      return waiting().now();
    }
    return turns
        .inTurn(
            SERVICE.id(),
            () -> caller.write(action, context, () -> exchange(action, zone, record, end)))
        // A run has ended by then, so this one is still waiting for its turn.
        .ifNoItem()
        .after(left)
        .recoverWithItem(this::waiting);
  }

  private Uni<Exchange<String>> exchange(
      String action, String zone, DnsRecord record, Instant end) {
    return Uni.createFrom()
        .item(() -> Exchange.of(runs.run(program.orElseThrow(), action, zone, record, end)))
        .runSubscriptionOn(Thread::startVirtualThread);
  }

  private Answer<String> waiting() {
    return new Answer.Failed<>(
        new Failure.Deferred(clock.instant(), "other runs of the program take the time"));
  }
}
