package dev.polycert.dns;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a service whose records have ids of their own, so that other records are never touched.
 */
public abstract class SingleRecords implements DnsWriter {

  /** Looks for the id of a record. */
  protected abstract Uni<Answer<Optional<String>>> look(
      String zone, DnsRecord record, CallContext context);

  /**
   * Adds a record and answers with its id.
   *
   * @return {@link ErrorClass#ALREADY_APPLIED} when the service has it already, or another record
   *     that excludes it
   */
  protected abstract Uni<Answer<String>> add(String zone, DnsRecord record, WriteContext context);

  /** Deletes the record of an id and answers with it. */
  protected abstract Uni<Answer<String>> delete(String zone, String id, WriteContext context);

  /** Whether a deletion was refused because there is no such record. */
  protected abstract boolean isGone(VendorError error);

  @Override
  public Uni<Answer<Optional<String>>> find(String zone, DnsRecord record, CallContext context) {
    return look(zone, record, context);
  }

  @Override
  public Uni<Answer<String>> create(String zone, DnsRecord record, WriteContext context) {
    return Answer.then(
        look(zone, record, context),
        found ->
            found
                .value()
                .<Uni<Answer<String>>>map(id -> new Answer.Success<>(id, found.requestId()).now())
                .orElseGet(() -> added(zone, record, context)));
  }

  private Uni<Answer<String>> added(String zone, DnsRecord record, WriteContext context) {
    return Answer.recover(
        add(zone, record, context),
        failure ->
            failure.isRefused(ErrorClass.ALREADY_APPLIED)
                ? already(zone, record, failure, context)
                : new Answer.Failed<String>(failure).now());
  }

  /** Another client has created the record meanwhile, or another record excludes it. */
  private Uni<Answer<String>> already(
      String zone, DnsRecord record, Failure failure, CallContext context) {
    return look(zone, record, context)
        .map(
            answer ->
                answer.then(
                    found ->
                        found
                            .value()
                            .<Answer<String>>map(id -> new Answer.Success<>(id, found.requestId()))
                            .orElseGet(
                                () -> Answer.refused(failure.error().as(ErrorClass.FINAL)))));
  }

  /**
   * Looks for the record even if its id is known, so that only a record with this value is deleted.
   */
  @Override
  public Uni<Answer<Boolean>> remove(
      String zone, DnsRecord record, @Nullable String id, WriteContext context) {
    return Answer.then(
        look(zone, record, context),
        found ->
            found
                .value()
                .map(held -> deleted(zone, held, context))
                .orElseGet(() -> new Answer.Success<>(false, found.requestId()).now()));
  }

  private Uni<Answer<Boolean>> deleted(String zone, String id, WriteContext context) {
    return delete(zone, id, context)
        .map(answer -> answer.map(deleted -> true).recover(this::isGone, false));
  }
}
