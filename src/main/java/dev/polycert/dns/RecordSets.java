package dev.polycert.dns;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a service that keeps all values of a name and type as one record set: it reads the set,
 * adds or removes our value, and writes the whole set. A change that another client makes in
 * between must not be lost. Where the service does not refuse to overwrite it, the set is read
 * again after each write, and written again until it is right.
 */
public abstract class RecordSets implements DnsWriter {
  private static final int MOST_TRIES = 5;

  private final RecordTurns turns = new RecordTurns();

  /**
   * A record set of the service.
   *
   * @param id the service's id of it
   * @param ttl seconds
   * @param values as the service writes them; other clients' values are written back to the letter
   */
  public record Held(String id, long ttl, List<String> values) {

    public Held {
      values = List.copyOf(values);
    }
  }

  /** Reads the set of the record's name and type. */
  protected abstract Uni<Answer<Optional<Held>>> read(
      String zone, DnsRecord record, CallContext context);

  /**
   * Writes a set in place of another.
   *
   * @param before the set as it was read; null where there was none
   * @param values empty to delete the set
   * @return the set's id; {@link ErrorClass#ALREADY_APPLIED} when the set has changed since, and
   *     nothing took effect
   */
  protected abstract Uni<Answer<String>> write(
      String zone,
      DnsRecord record,
      @Nullable Held before,
      List<String> values,
      WriteContext context);

  /** Whether a write is refused when the set has changed since it was read. */
  protected abstract boolean isAtomic();

  @Override
  public Uni<Answer<Optional<String>>> alias(String zone, String name, CallContext context) {
    return read(zone, new DnsRecord(name, "CNAME", ""), context)
        .map(answer -> answer.map(held -> held.flatMap(set -> set.values().stream().findFirst())));
  }

  @Override
  public Uni<Answer<Optional<String>>> find(String zone, DnsRecord record, CallContext context) {
    return Answer.then(
        read(zone, record, context),
        held ->
            new Answer.Success<>(
                    held.value().filter(set -> holds(set, record)).map(Held::id), held.requestId())
                .now());
  }

  @Override
  public Uni<Answer<String>> create(String zone, DnsRecord record, WriteContext context) {
    return turns.inTurn(key(record), () -> create(zone, record, 1, context));
  }

  private Uni<Answer<String>> create(
      String zone, DnsRecord record, int attempt, WriteContext context) {
    return Answer.then(
        read(zone, record, context),
        held -> {
          Held before = held.value().orElse(null);
          if (before != null && holds(before, record)) {
            return new Answer.Success<>(before.id(), held.requestId()).now();
          }
          if (before != null && record.type().equals("CNAME")) {
            return Answer.<String>refused(inTheWay(record, held.requestId())).now();
          }
          List<String> values =
              Stream.concat(others(before, record), Stream.of(value(record))).toList();
          return written(
              write(zone, record, before, values, context),
              attempt,
              () -> create(zone, record, attempt + 1, context),
              done -> new Answer.Success<>(done.value(), done.requestId()).now());
        });
  }

  @Override
  public Uni<Answer<Boolean>> remove(
      String zone, DnsRecord record, @Nullable String id, WriteContext context) {
    return turns.inTurn(key(record), () -> remove(zone, record, 1, context));
  }

  private Uni<Answer<Boolean>> remove(
      String zone, DnsRecord record, int attempt, WriteContext context) {
    return Answer.then(
        read(zone, record, context),
        held -> {
          Held before = held.value().orElse(null);
          if (before == null || !holds(before, record)) {
            return new Answer.Success<>(attempt > 1, held.requestId()).now();
          }
          return written(
              write(zone, record, before, others(before, record).toList(), context),
              attempt,
              () -> remove(zone, record, attempt + 1, context),
              done -> new Answer.Success<>(true, done.requestId()).now());
        });
  }

  private <R> Uni<Answer<R>> written(
      Uni<Answer<String>> write,
      int attempt,
      Supplier<Uni<Answer<R>>> again,
      Function<Answer.Success<String>, Uni<Answer<R>>> done) {
    return write.flatMap(
        answer ->
            switch (answer) {
              case Answer.Success<String> success ->
                  isAtomic() || attempt >= MOST_TRIES ? done.apply(success) : again.get();
              case Answer.Failed<String>(Failure failure)
                  when failure.isRefused(ErrorClass.ALREADY_APPLIED) ->
                  attempt < MOST_TRIES
                      ? again.get()
                      : Answer.<R>refused(failure.error().as(ErrorClass.RETRY)).now();
              case Answer.Failed<String> failed -> failed.<R>of().now();
            });
  }

  private static Stream<String> others(@Nullable Held held, DnsRecord record) {
    return held == null
        ? Stream.empty()
        : held.values().stream().filter(value -> !Values.same(value, record));
  }

  /** The value in the form of zone files. */
  private static String value(DnsRecord record) {
    return record.type().equals("TXT") ? QuotedText.quote(record.value()) : record.value() + ".";
  }

  private static boolean holds(Held set, DnsRecord record) {
    return set.values().stream().anyMatch(value -> Values.same(value, record));
  }

  private static String key(DnsRecord record) {
    return record.type() + " " + record.name();
  }

  private static VendorError inTheWay(DnsRecord record, @Nullable String requestId) {
    return new VendorError(
        ErrorClass.FINAL,
        "Dns.Conflict",
        record.name() + " has another CNAME, and a name can have one only",
        requestId,
        null);
  }
}
