package dev.polycert.order;

import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.dns.Delegation;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.DnsWriter;
import dev.polycert.dns.Zones;
import dev.polycert.domain.ValidationLook;
import dev.polycert.provider.Descriptor;
import dev.polycert.provider.Result;
import dev.polycert.provider.Terms;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Publishes the DNS records that an order waits for, and takes them away when they have served.
 *
 * <p>As with the vendors: what is about to be written is recorded first, then it is written, then
 * the result is recorded. So every record that there may be is known, and exactly those are
 * removed.
 */
@ApplicationScoped
class Publishing {
  /** After about four days of trying, a person has to. */
  private static final int MOST_REMOVALS = 20;

  private final Zones zones;
  private final SharedRecords shared;
  private final Visibility visibility;

  Publishing(OrderBook book, Zones zones, ValidationLook look, OrderConfig config) {
    this.zones = zones;
    this.shared = new SharedRecords(book);
    this.visibility = new Visibility(zones, look, config);
  }

  /**
   * Whether we publish for an application, and not its vendor: always where the vendor cannot, else
   * where a writer has the zone.
   */
  boolean ours(Descriptor provider, Terms terms, String base) {
    return terms.validation() == ValidationMethod.DNS_AUTO
        && (!provider.validations().contains(ValidationMethod.DNS_AUTO)
            || zones.covering(base).isPresent());
  }

  /** Publishes what is not published yet, and has the vendor check once all of it can be seen. */
  Uni<Order> publish(Step step) {
    return plan(step)
        .flatMap(planned -> write(step))
        .flatMap(written -> visibility.await(step))
        .flatMap(
            visible ->
                visible && step.timeLeft()
                    ? Asking.check(step)
                    : Uni.createFrom().item(step.order()));
  }

  // --- where to ---

  private Uni<Order> plan(Step step) {
    Order order = step.order();
    List<Publication> kept =
        order.publications().stream()
            .filter(record -> !is(record, Publication.State.BLOCKED))
            .toList();
    List<Validation> missing =
        order.validations().stream()
            .filter(validation -> validation.method() == ValidationMethod.DNS)
            .filter(validation -> kept.stream().noneMatch(record -> record.publishes(validation)))
            .toList();
    if (missing.isEmpty()) {
      return Uni.createFrom().item(order);
    }
    return each(missing, validation -> place(step, validation))
        .flatMap(
            placed -> {
              List<Publication> all = new ArrayList<>(kept);
              all.addAll(placed);
              return sameProblems(order.publications(), all)
                  ? Uni.createFrom().item(order)
                  : step.ownWork().publishes(all);
            });
  }

  private Uni<Publication> place(Step step, Validation validation) {
    DnsRecord wanted =
        new DnsRecord(
            Objects.requireNonNull(validation.recordName()),
            Objects.requireNonNull(validation.recordType()),
            Objects.requireNonNull(validation.recordValue()));
    return zones
        .resolve(wanted, step.deadline)
        .flatMap(
            delegation ->
                switch (delegation) {
                  case Delegation.Refused(VendorError error) ->
                      Uni.createFrom().item(Publication.blocked(validation, error, step.now()));
                  case Delegation.Writable at -> find(step, validation, at);
                });
  }

  private Uni<Publication> find(Step step, Validation validation, Delegation.Writable at) {
    return at.place()
        .writer()
        .find(at.place().zone(), at.record(), step.reading())
        .flatMap(
            result ->
                switch (result) {
                  case Result.Value<Optional<String>>(Optional<String> found, String requestId) ->
                      planned(step, validation, at, found);
                  case Result.Failed<Optional<String>>(var outcome) ->
                      Uni.createFrom()
                          .item(Publication.blocked(validation, Asking.error(outcome), step.now()));
                });
  }

  private Uni<Publication> planned(
      Step step, Validation validation, Delegation.Writable at, Optional<String> found) {
    Publication record = Publication.at(validation, at, Publication.State.WRITING, step.now());
    return found.isEmpty()
        ? Uni.createFrom().item(record)
        : shared
            .writtenByOther(step.order(), record.recordName(), at.record())
            .map(
                ours ->
                    ours
                        ? record.in(Publication.State.WRITTEN, found.get(), step.now())
                        : record.in(Publication.State.FOUND, null, step.now()));
  }

  /** A record that nobody can write is tried again with every step; that need not be recorded. */
  private static boolean sameProblems(List<Publication> before, List<Publication> now) {
    return before.stream()
        .map(Publishing::problem)
        .toList()
        .equals(now.stream().map(Publishing::problem).toList());
  }

  private static String problem(Publication record) {
    VendorError error = record.error();
    return record.recordName()
        + record.value()
        + record.state()
        + (error == null ? "" : error.code());
  }

  // --- writing ---

  private Uni<Order> write(Step step) {
    return change(
        step,
        record -> is(record, Publication.State.WRITING),
        record -> create(record, step.reading(), step.now()),
        written -> step.ownWork().published(written, summary("published", written)));
  }

  private Uni<Publication> create(Publication record, CallContext context, Instant now) {
    return call(record, (writer, zone) -> writer.create(zone, record.record(), context))
        .map(Verbatim::boundedId)
        .map(
            result ->
                switch (result) {
                  case Result.Value<String>(String id, String requestId) ->
                      record.in(Publication.State.WRITTEN, id, now);
                  case Result.Failed<String>(var outcome) ->
                      record.failed(Asking.error(outcome), now);
                });
  }

  // --- removing ---

  /** Removes what has served, and passes on what others need. */
  Uni<Order> remove(Step step) {
    Order order = step.order();
    return change(
        step,
        record -> Upkeep.removable(order, record),
        record ->
            shared
                .neededByOther(order, record)
                .flatMap(
                    needed ->
                        needed
                            ? Uni.createFrom().item(passedOn(record, step.now()))
                            : remove(record, step.reading(), step.now())),
        left -> step.ownWork().unpublished(left, summary(removed(left), left)));
  }

  private static Publication passedOn(Publication record, Instant now) {
    return record.in(Publication.State.PASSED_ON, record.recordId(), now);
  }

  private static String removed(List<Publication> left) {
    return left.stream().anyMatch(record -> is(record, Publication.State.PASSED_ON))
        ? "removed or passed on"
        : "removed";
  }

  private Uni<Publication> remove(Publication record, CallContext context, Instant now) {
    return call(
            record,
            (writer, zone) -> writer.remove(zone, record.record(), record.recordId(), context))
        .map(
            result ->
                switch (result) {
                  case Result.Value<Boolean>(Boolean there, String requestId) ->
                      record.in(Publication.State.REMOVED, record.recordId(), now);
                  case Result.Failed<Boolean>(var outcome) -> {
                    Publication failed = record.failed(Asking.error(outcome), now);
                    yield failed.attempts() < MOST_REMOVALS
                        ? failed
                        : failed.in(Publication.State.LEFT, record.recordId(), now);
                  }
                });
  }

  // --- common ---

  private static Uni<Order> change(
      Step step,
      Predicate<Publication> which,
      Function<Publication, Uni<? extends Publication>> how,
      Function<List<Publication>, Uni<? extends Order>> then) {
    List<Publication> before = step.order().publications();
    if (before.stream().noneMatch(which)) {
      return Uni.createFrom().item(step.order());
    }
    return each(
            before,
            record -> which.test(record) ? how.apply(record) : Uni.createFrom().item(record))
        .flatMap(then);
  }

  /** In the order of the items, several at once. */
  static <I, R> Uni<List<R>> each(List<I> items, Function<I, Uni<? extends R>> work) {
    return Multi.createFrom()
        .iterable(items)
        .onItem()
        .transformToUni(work)
        .concatenate()
        .collect()
        .asList();
  }

  private Optional<DnsWriter> writer(Publication record) {
    return zones.writer(Objects.requireNonNull(record.writer()));
  }

  private <T> Uni<Result<T>> call(
      Publication record, BiFunction<DnsWriter, String, Uni<Result<T>>> call) {
    return writer(record)
        .map(writer -> call.apply(writer, Objects.requireNonNull(record.zone())))
        .orElseGet(
            () ->
                Result.refused(
                    new VendorError(
                        ErrorClass.FINAL,
                        "Dns.NoWriter",
                        "there is no DNS writer " + record.writer() + " any more")));
  }

  static boolean is(Publication record, Publication.State state) {
    return record.state() == state;
  }

  private static String summary(String what, List<Publication> records) {
    return records.stream()
        .map(Publication::error)
        .filter(Objects::nonNull)
        .findFirst()
        .map(error -> "not all records were " + what + ": " + Step.describe(error))
        .orElse(
            what + " by us: " + records.size() + (records.size() == 1 ? " record" : " records"));
  }
}
