package dev.polycert.dns;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Outcome;
import dev.polycert.provider.Result;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes at a service whose records have ids of their own, so that others are never touched. */
public abstract class SingleRecords implements DnsWriter {

  /** Looks for the id of a record. */
  protected abstract Uni<Answer<Optional<String>>> look(
      String zone, DnsRecord record, CallContext context);

  /**
   * Adds a record and answers with its id.
   *
   * @return {@link ErrorClass#ALREADY_APPLIED} when the service has it, or one that is in its way
   */
  protected abstract Uni<Answer<String>> add(String zone, DnsRecord record, CallContext context);

  /** Deletes the record of an id and answers with it. */
  protected abstract Uni<Answer<String>> delete(String zone, String id, CallContext context);

  /** Whether a deletion was refused because there is no such record. */
  protected abstract boolean isGone(VendorError error);

  @Override
  public Uni<Result<Optional<String>>> find(String zone, DnsRecord record, CallContext context) {
    return Answer.result(look(zone, record, context));
  }

  @Override
  public Uni<Result<String>> create(String zone, DnsRecord record, CallContext context) {
    return Answer.thenResult(
        look(zone, record, context),
        found ->
            found
                .value()
                .map(id -> Result.value(id, found.requestId()))
                .orElseGet(() -> added(zone, record, context)));
  }

  private Uni<Result<String>> added(String zone, DnsRecord record, CallContext context) {
    return add(zone, record, context)
        .flatMap(
            answer ->
                switch (answer) {
                  case Answer.Success<String>(String id, @Nullable String requestId) ->
                      Result.value(id, requestId);
                  case Answer.Failure<String>(Outcome.Refused(VendorError error))
                      when error.errorClass() == ErrorClass.ALREADY_APPLIED ->
                      already(zone, record, error, context);
                  case Answer.Failure<String>(Outcome outcome) ->
                      Uni.createFrom().item(new Result.Failed<>(outcome));
                });
  }

  /** Somebody was quicker, or something else is in the way. */
  private Uni<Result<String>> already(
      String zone, DnsRecord record, VendorError error, CallContext context) {
    return Answer.thenResult(
        look(zone, record, context),
        found ->
            found
                .value()
                .map(id -> Result.value(id, found.requestId()))
                .orElseGet(() -> Result.refused(error.as(ErrorClass.FINAL))));
  }

  /** Looks even where the id is known: what goes is a record of this value and no other. */
  @Override
  public Uni<Result<Boolean>> remove(
      String zone, DnsRecord record, @Nullable String id, CallContext context) {
    return Answer.thenResult(
        look(zone, record, context),
        found ->
            found
                .value()
                .map(held -> deleted(zone, held, context))
                .orElseGet(() -> Result.value(false, found.requestId())));
  }

  private Uni<Result<Boolean>> deleted(String zone, String id, CallContext context) {
    return Answer.result(
        delete(zone, id, context)
            .map(answer -> answer.map(deleted -> true).or(this::isGone, false)));
  }
}
