package dev.polycert.order.step;

import dev.polycert.call.Answer;
import dev.polycert.call.Answer.Failed;
import dev.polycert.call.Answer.Success;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.NamedAccount;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.dns.Delegation;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.DnsWriter;
import dev.polycert.dns.Zones;
import dev.polycert.domain.ValidationLook;
import dev.polycert.order.ClientNames;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderConfig;
import dev.polycert.order.Publication;
import dev.polycert.order.Publication.State;
import dev.polycert.order.Upkeep;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
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
 * Publishes the DNS records that an order waits for, and removes them when they have served.
 *
 * <p>As with the vendors: a record is put on the order first, then it is written, then the result
 * is recorded. So every record that there may be is known, and exactly those are removed.
 */
@ApplicationScoped
class Publisher {
  /** Three months: keys and accounts that were taken away may come back. */
  private static final int MOST_REMOVALS_WITHOUT_KEYS = Upkeep.MANY_REMOVALS + 90;

  private final Zones zones;
  private final SharedRecords shared;
  private final Visibility visibility;

  Publisher(OrderBook book, Zones zones, ValidationLook look, OrderConfig config) {
    this.zones = zones;
    this.shared = new SharedRecords(book);
    this.visibility = new Visibility(zones, look, config);
  }

  /** Publishes what is not published yet, and has the vendor check once all of it can be seen. */
  Uni<Order> publish(Step step) {
    return plan(step, (_, _) -> Optional.empty())
        .flatMap(planned -> write(step))
        .flatMap(written -> visibility.await(step))
        .flatMap(seen -> seen(step, seen).replaceWith(seen))
        .flatMap(
            seen ->
                visibility.complete(seen, step.now()) && step.timeLeft()
                    ? ask(step, seen)
                    : Uni.createFrom().item(step.order()));
  }

  /**
   * Publishes what is not published yet, for a client that looks at it itself.
   *
   * @param names the client's; nothing is written elsewhere
   */
  Uni<Order> put(Step step, ClientNames names) {
    return plan(
            step,
            (asked, at) -> names.refusal(asked.name(), at.record().name(), zones.delegationZone()))
        .flatMap(planned -> write(step));
  }

  /** A person may have published what no writer could; the vendor can see it only then. */
  private Uni<Order> ask(Step step, List<Publication> records) {
    return visibility
        .unpublished(step, records)
        .flatMap(
            missing ->
                missing.stream()
                    .findFirst()
                    .map(record -> new Checker(step).look(obstacle(record)))
                    .orElseGet(() -> new Checker(step).checkPublished()));
  }

  /** Why a record is not published, and who has to act. */
  private static VendorError obstacle(Publication record) {
    VendorError error = Objects.requireNonNull(record.error());
    return new VendorError(
        error.errorClass(),
        error.code(),
        error.message()
            + (error.errorClass().retryable()
                ? ""
                : "; this waits for a person, who mends it, or adds %s %s with value %s by hand"
                    .formatted(record.type(), record.recordName(), record.value())),
        error.requestId(),
        error.retryAfter());
  }

  // --- where to ---

  /** Why a wanted record must not be written in a place that could be; empty where it may. */
  private interface Bounds {
    Optional<VendorError> refusal(DnsRecord wanted, Delegation.Writable at);
  }

  private Uni<Order> plan(Step step, Bounds bounds) {
    Order order = step.order();
    List<Publication> kept =
        order.publications().stream()
            .filter(record -> !record.is(State.BLOCKED) && !refused(record))
            .toList();
    List<Validation> missing =
        order.validations().stream()
            .filter(validation -> validation.method() == ValidationMethod.DNS)
            .filter(validation -> kept.stream().noneMatch(record -> record.publishes(validation)))
            .toList();
    if (missing.isEmpty()) {
      return Uni.createFrom().item(order);
    }
    return Each.inTurn(
            missing,
            validation ->
                place(step, validation, bounds).map(placed -> moved(order, validation, placed)))
        .flatMap(
            placed -> {
              List<Publication> all = new ArrayList<>(kept);
              all.addAll(placed);
              return sameProblems(order.publications(), all)
                  ? Uni.createFrom().item(order)
                  : planned(step, all);
            });
  }

  /** Whether its writer refuses to write a record; the zone may be another writer's by now. */
  private static boolean refused(Publication record) {
    VendorError error = record.error();
    return record.is(State.WRITING) && error != null && !error.errorClass().retryable();
  }

  /** The record in its new place; as it was, where there is no other place for it. */
  private static Publication moved(Order order, Validation validation, Publication placed) {
    return order.publications().stream()
        .filter(record -> refused(record) && record.publishes(validation))
        .filter(record -> placed.is(State.BLOCKED) || placed.isWhere(record))
        .findFirst()
        .orElse(placed);
  }

  private static Uni<Order> planned(Step step, List<Publication> records) {
    Order draft = step.order().withPublications(records);
    boolean writes = records.stream().anyMatch(record -> record.is(State.WRITING));
    return step.record(
        writes ? draft.withIntent(step.intent("publish", false)) : draft, "publishing by us", null);
  }

  private Uni<Publication> place(Step step, Validation validation, Bounds bounds) {
    DnsRecord wanted =
        new DnsRecord(
            Objects.requireNonNull(validation.recordName()),
            Objects.requireNonNull(validation.recordType()),
            Objects.requireNonNull(validation.recordValue()),
            validation.keyAuthorization());
    return zones
        .resolve(wanted, step.deadline())
        .flatMap(
            delegation ->
                switch (delegation) {
                  case Delegation.Refused(VendorError error) ->
                      Uni.createFrom().item(Publication.blocked(validation, error, step.now()));
                  case Delegation.Writable at ->
                      bounds
                          .refusal(wanted, at)
                          .map(error -> Publication.blocked(validation, error, step.now()))
                          .map(blocked -> Uni.createFrom().item(blocked))
                          .orElseGet(() -> find(step, validation, at));
                });
  }

  private Uni<Publication> find(Step step, Validation validation, Delegation.Writable at) {
    return at.place()
        .writer()
        .find(at.place().zone(), at.record(), step.reading())
        .flatMap(
            answer ->
                switch (answer) {
                  case Success(var found, _) -> found(step, validation, at, found);
                  case Failed(var failure) ->
                      Uni.createFrom()
                          .item(Publication.blocked(validation, failure.error(), step.now()));
                });
  }

  private Uni<Publication> found(
      Step step, Validation validation, Delegation.Writable at, Optional<String> found) {
    Publication record = Publication.at(validation, at, State.WRITING, step.now());
    return found.isEmpty()
        ? Uni.createFrom().item(record)
        : shared
            .writtenByOther(step.order(), record.recordName(), at.record())
            .map(
                ours ->
                    ours
                        ? record.in(State.WRITTEN, found.get(), step.now())
                        : record.in(State.FOUND, null, step.now()));
  }

  /**
   * A record that no writer can write is tried with every step; a repeated error is not recorded
   * again.
   */
  private static boolean sameProblems(List<Publication> before, List<Publication> now) {
    return before.stream()
        .map(Publisher::problem)
        .toList()
        .equals(now.stream().map(Publisher::problem).toList());
  }

  private static String problem(Publication record) {
    VendorError error = record.error();
    return record.recordName()
        + record.value()
        + record.state()
        + (error == null ? "" : error.code() + error.message());
  }

  // --- writing ---

  private Uni<Order> write(Step step) {
    return change(
        step,
        record -> record.is(State.WRITING),
        record -> create(step, record),
        written -> published(step, written, summary("published", written)));
  }

  private Uni<Publication> create(Step step, Publication record) {
    Instant now = step.now();
    WriteContext context = writing(step, record);
    return call(record, (writer, zone) -> writer.create(zone, record.record(), context))
        .map(Verbatim::boundedId)
        .map(
            answer ->
                switch (answer) {
                  case Success(var id, _) -> record.in(State.WRITTEN, id, now);
                  case Failed(var failure) -> record.failed(failure.error(), now);
                });
  }

  private static Uni<Order> seen(Step step, List<Publication> records) {
    return records.equals(step.order().publications())
        ? Uni.createFrom().item(step.order())
        : published(step, records, "visible at the authoritative servers");
  }

  private static Uni<Order> published(Step step, List<Publication> records, String why) {
    Order draft = step.order().withPublications(records).withIntent(null);
    return step.record(step.enter(draft, draft.state()), why, null);
  }

  // --- removing ---

  /** Removes records that have served their purpose, and passes on those that other orders need. */
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
                            ? Uni.createFrom().item(passedOn(step, record))
                            : remove(step, record)),
        left -> removed(step, left));
  }

  private static Publication passedOn(Step step, Publication record) {
    return record.in(State.PASSED_ON, record.recordId(), step.now());
  }

  private Uni<Publication> remove(Step step, Publication record) {
    Instant now = step.now();
    WriteContext context = writing(step, record);
    return call(
            record,
            (writer, zone) -> writer.remove(zone, record.record(), record.recordId(), context))
        .map(
            answer ->
                switch (answer) {
                  case Success<Boolean> _ -> record.in(State.REMOVED, record.recordId(), now);
                  case Failed(var failure) -> notRemoved(record, failure.error(), now);
                });
  }

  private static Publication notRemoved(Publication record, VendorError error, Instant now) {
    Publication failed = record.failed(error, now);
    int most =
        error.errorClass() == ErrorClass.CREDENTIALS
            ? MOST_REMOVALS_WITHOUT_KEYS
            : Upkeep.MANY_REMOVALS;
    return failed.attempts() < most ? failed : failed.in(State.LEFT, record.recordId(), now);
  }

  /** Records which DNS records were removed. */
  private static Uni<Order> removed(Step step, List<Publication> left) {
    Order order = step.order();
    Order draft = order.withPublications(left);
    boolean triedBefore = order.publications().stream().anyMatch(record -> record.error() != null);
    boolean passedOn = left.stream().anyMatch(record -> record.is(State.PASSED_ON));
    return step.record(
        step.times().resume(triedBefore ? draft.asAnnounced() : draft, step.now()),
        summary(passedOn ? "removed or passed on" : "removed", left),
        null);
  }

  // --- common ---

  private static Uni<Order> change(
      Step step,
      Predicate<Publication> which,
      Function<Publication, Uni<Publication>> how,
      Function<List<Publication>, Uni<? extends Order>> then) {
    List<Publication> before = step.order().publications();
    if (before.stream().noneMatch(which)) {
      return Uni.createFrom().item(step.order());
    }
    return Each.inTurn(
            before,
            record -> which.test(record) ? how.apply(record) : Uni.createFrom().item(record))
        .flatMap(then);
  }

  /** A record is on the order before it is written or removed: that is the write's intent. */
  private static WriteContext writing(Step step, Publication record) {
    return step.onRecord(order -> record.ours() && order.publications().contains(record));
  }

  private <T> Uni<Answer<T>> call(
      Publication record, BiFunction<DnsWriter, String, Uni<Answer<T>>> call) {
    String id = Objects.requireNonNull(record.writer());
    return zones
        .writer(id)
        .map(writer -> call.apply(writer, Objects.requireNonNull(record.zone())))
        .orElseGet(
            () ->
                Answer.<T>refused(
                        new VendorError(
                            ErrorClass.CREDENTIALS,
                            "Dns.NoWriter",
                            NamedAccount.gone("DNS writer", id)))
                    .now());
  }

  private static String summary(String what, List<Publication> records) {
    return records.stream()
        .map(Publication::error)
        .filter(Objects::nonNull)
        .findFirst()
        .map(error -> "not all records were " + what + ": " + Results.describe(error))
        .orElse(
            what + " by us: " + records.size() + (records.size() == 1 ? " record" : " records"));
  }
}
