package dev.polycert.order.step;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.dns.RecordTurns;
import dev.polycert.domain.DomainName;
import dev.polycert.order.ClientNames;
import dev.polycert.order.ClientRecords;
import dev.polycert.order.Identity;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.order.OrderState;
import dev.polycert.order.OwnRecords;
import dev.polycert.order.Publication;
import dev.polycert.order.Schedule;
import dev.polycert.order.Upkeep;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Terms;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Publishes validations for clients that apply for certificates themselves, under the same rules as
 * its own: each record is stored before it is written, and is removed even if the client never asks
 * for that.
 */
@ApplicationScoped
public class ClientPublisher {
  /** Other processes may be writing the same name. */
  private static final int TRIES = 5;

  private static final VendorError TOO_MANY =
      new VendorError(
          ErrorClass.QUOTA,
          "Client.TooManyRecords",
          "this client has %d open records, which is all that it may have: clean up what is not needed, or wait until polycert.httpreq.keep has passed"
              .formatted(ClientCounts.MOST));

  private static final Terms TERMS =
      new Terms(
          ValidationMethod.DNS_AUTO,
          KeyAlgorithm.RSA_2048,
          Map.of(),
          Information.none(),
          List.of());

  private final OrderBook book;
  private final Publisher publisher;
  private final Steps steps;
  private final Clock clock;
  private final ClientCounts counts;
  private final RecordTurns turns = new RecordTurns();

  /** Of each client, so that its records are counted and put on record one by one. */
  private final RecordTurns listing = new RecordTurns();

  ClientPublisher(OrderBook book, Publisher publisher, Steps steps, Clock clock) {
    this.book = book;
    this.publisher = publisher;
    this.steps = steps;
    this.clock = clock;
    this.counts = new ClientCounts(book, clock);
  }

  /**
   * Publishes a TXT record for a client, until it is cleaned up. May be repeated.
   *
   * @param client whom the record is for; each has orders of its own
   * @param names where the record may be written, wherever CNAMEs lead
   * @param domain whose validation it is
   * @param keep how long it stays at most
   * @return why it could not be published; empty when it is
   */
  public Uni<Optional<VendorError>> present(
      String client,
      ClientNames names,
      DomainName domain,
      Validation record,
      Duration keep,
      Instant deadline) {
    return inTurn(client, domain, () -> presentNow(client, names, domain, record, keep, deadline));
  }

  private Uni<Optional<VendorError>> presentNow(
      String client,
      ClientNames names,
      DomainName domain,
      Validation record,
      Duration keep,
      Instant deadline) {
    return listing
        .inTurn(client, () -> listed(client, domain, record, keep, deadline))
        .flatMap(
            step ->
                step.map(listed -> published(listed, names, record))
                    .orElseGet(() -> Uni.createFrom().item(Optional.of(TOO_MANY))));
  }

  private Uni<Optional<VendorError>> published(Step step, ClientNames names, Validation record) {
    return publisher
        .put(step, names)
        .flatMap(
            put ->
                problem(put, record)
                    .map(
                        error ->
                            drop(step, record, "not published: " + error.code())
                                .replaceWith(Optional.of(error)))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
  }

  /**
   * Puts the record on the client's order, which is made where there is none.
   *
   * @return empty when the client has too many records for one more
   */
  private Uni<Optional<Step>> listed(
      String client, DomainName domain, Validation record, Duration keep, Instant deadline) {
    return book.latest(ClientRecords.PROVIDER, client, domain)
        .flatMap(
            latest -> {
              boolean there =
                  latest
                      .filter(order -> order.state().open())
                      .filter(order -> order.validations().contains(record))
                      .isPresent();
              return there
                  ? listed(client, domain, latest, record, keep, deadline).map(Optional::of)
                  : counts
                      .takes(client)
                      .flatMap(
                          takes ->
                              takes
                                  ? listed(client, domain, latest, record, keep, deadline)
                                      .map(Optional::of)
                                  : Uni.createFrom().item(Optional.empty()));
            });
  }

  private Uni<Step> listed(
      String client,
      DomainName domain,
      Optional<Order> latest,
      Validation record,
      Duration keep,
      Instant deadline) {
    Instant end = clock.instant().plus(keep);
    Optional<Order> open = latest.filter(order -> order.state().open());
    if (open.isEmpty()) {
      return claimed(client, domain, latest, record, end).map(order -> steps.step(order, deadline));
    }
    Order order = open.get();
    Step step = steps.step(order, deadline);
    List<Validation> records = new ArrayList<>(order.validations());
    records.remove(record);
    records.add(record);
    // A record that was removed before is written anew; one that exists, or may exist, is left as
    // it is.
    List<Publication> published =
        order.publications().stream()
            .filter(publication -> publication.ours() || !publication.publishes(record))
            .toList();
    Order draft =
        order
            .with(order.placement().withValidations(records))
            .withPublications(published)
            .with(new Schedule(0, end, end));
    return step.record(draft, "presented by " + client, null).replaceWith(step);
  }

  private Uni<Order> claimed(
      String client, DomainName domain, Optional<Order> latest, Validation record, Instant end) {
    Instant now = clock.instant();
    Identity identity =
        Identity.of(
            ClientRecords.PROVIDER,
            client,
            domain,
            latest.map(order -> order.generation() + 1).orElse(1),
            latest.map(order -> order.noEarlier(now)).orElse(now));
    Order order = Order.requested(identity, TERMS);
    return book.claim(
            order
                .with(OrderState.PENDING_VALIDATION)
                .with(order.placement().withValidations(List.of(record)))
                .with(OwnRecords.none(true))
                .with(new Schedule(0, end, end)),
            "presented by " + client)
        .map(
            claim -> {
              if (!claim.won()) {
                throw new StaleOrderException(identity.id());
              }
              return claim.order();
            });
  }

  private static Optional<VendorError> problem(Order order, Validation record) {
    return order.publications().stream()
        .filter(publication -> publication.publishes(record))
        .findFirst()
        .map(publication -> Optional.ofNullable(publication.error()))
        .orElseGet(
            () ->
                Optional.of(
                    new VendorError(
                        ErrorClass.RETRY, "Order.Busy", "there was no time to publish it")));
  }

  /** Removes a record that a client has published. One that is not there is removed already. */
  public Uni<Void> cleanUp(String client, DomainName domain, Validation record, Instant deadline) {
    return inTurn(
        client,
        domain,
        () ->
            book.latest(ClientRecords.PROVIDER, client, domain)
                .flatMap(
                    latest ->
                        latest
                            .filter(order -> order.state().open())
                            .filter(order -> order.validations().contains(record))
                            .map(order -> steps.step(order, deadline))
                            .map(step -> drop(step, record, "cleaned up by " + client))
                            .orElseGet(() -> Uni.createFrom().voidItem())));
  }

  /** Takes a record off the order, which ends with its last one. The sweep tries again. */
  private Uni<Void> drop(Step step, Validation record, String why) {
    Order order = step.order();
    List<Validation> left = new ArrayList<>(order.validations());
    left.remove(record);
    Uni<Order> dropped =
        left.isEmpty()
            ? new Results(step).cancelled(why)
            : step.record(order.with(order.placement().withValidations(left)), why, null);
    return dropped
        .flatMap(
            now ->
                Upkeep.due(now, step.now()) ? publisher.remove(step) : Uni.createFrom().item(now))
        .invoke(removed -> counts.removed(removed.account()))
        .replaceWithVoid();
  }

  private <T> Uni<T> inTurn(String client, DomainName domain, Supplier<Uni<T>> work) {
    return turns.inTurn(
        client + "/" + domain.ascii(),
        () ->
            Uni.createFrom()
                .deferred(work::get)
                .onFailure(StaleOrderException.class)
                .retry()
                .atMost(TRIES));
  }
}
