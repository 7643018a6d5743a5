package dev.polycert.dns;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a service that accepts and removes records but cannot be asked for them. The service
 * decides what it does with a record that exists already, or does not exist.
 */
public abstract class BlindRecords implements DnsWriter {

  /** Why a record cannot be written there; checked before the service is called. */
  protected Optional<VendorError> wrong(DnsRecord record) {
    return record.type().equals("TXT")
        ? Optional.empty()
        : Optional.of(
            new VendorError(
                ErrorClass.FINAL,
                "Dns.OtherType",
                "%s writes TXT records alone, and %s is a %s"
                    .formatted(id(), record.name(), record.type())));
  }

  /** Has the service publish a record, which it may have already. */
  protected abstract Uni<Answer<String>> present(
      String zone, DnsRecord record, WriteContext context);

  /** Has the service remove a record, which it may not have. */
  protected abstract Uni<Answer<String>> cleanUp(
      String zone, DnsRecord record, WriteContext context);

  /** The service cannot be asked; a CNAME that the public DNS shows is followed all the same. */
  @Override
  public Uni<Answer<Optional<String>>> alias(String zone, String name, CallContext context) {
    return Answer.of(Optional.<String>empty()).now();
  }

  @Override
  public Uni<Answer<Optional<String>>> find(String zone, DnsRecord record, CallContext context) {
    return wrong(record)
        .map(Answer::<Optional<String>>refused)
        .orElseGet(() -> Answer.of(Optional.empty()))
        .now();
  }

  @Override
  public Uni<Answer<String>> create(String zone, DnsRecord record, WriteContext context) {
    return wrong(record)
        .map(error -> Answer.<String>refused(error).now())
        .orElseGet(() -> present(zone, record, context))
        .map(answer -> answer.map(done -> record.name()));
  }

  @Override
  public Uni<Answer<Boolean>> remove(
      String zone, DnsRecord record, @Nullable String id, WriteContext context) {
    return wrong(record)
        .map(error -> Answer.<String>refused(error).now())
        .orElseGet(() -> cleanUp(zone, record, context))
        .map(answer -> answer.map(done -> true));
  }
}
