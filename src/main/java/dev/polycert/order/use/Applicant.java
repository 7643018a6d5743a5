package dev.polycert.order.use;

import dev.polycert.call.Answer.Failed;
import dev.polycert.call.Answer.Success;
import dev.polycert.call.CallContext;
import dev.polycert.domain.DomainName;
import dev.polycert.order.Catalog;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderId;
import dev.polycert.order.step.Generations;
import dev.polycert.order.step.Steps;
import dev.polycert.order.use.Apply.Command;
import dev.polycert.order.use.Apply.Entry;
import dev.polycert.provider.Application;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Preparation.Existing;
import dev.polycert.provider.Preparation.Ready;
import dev.polycert.provider.Progress;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Applies for one domain at one provider, unless an order serves it already. */
@ApplicationScoped
class Applicant {
  private final Catalog catalog;
  private final OrderBook book;
  private final Generations generations;
  private final Steps steps;
  private final Clock clock;

  Applicant(Catalog catalog, OrderBook book, Generations generations, Steps steps, Clock clock) {
    this.catalog = catalog;
    this.book = book;
    this.generations = generations;
    this.steps = steps;
    this.clock = clock;
  }

  /** Records an order, and sends nothing. */
  Uni<Entry> record(Command command, DomainName domain, String provider) {
    return latest(domain, provider)
        .flatMap(
            latest ->
                live(latest)
                    .flatMap(
                        live ->
                            live.isPresent()
                                ? Uni.createFrom().item(Entry.of(live.get(), true))
                                : claim(
                                    generations.next(
                                        provider,
                                        domain,
                                        latest.orElse(null),
                                        command.terms(provider)))));
  }

  private Uni<Entry> claim(Order order) {
    return generations
        .claim(order, "requested")
        .map(claim -> Entry.of(claim.order(), !claim.won()));
  }

  /** Sends what was recorded just now; without time left it stays {@code REQUESTED}. */
  Uni<Entry> send(Entry recorded, Instant deadline) {
    Order order = recorded.order();
    if (order == null || recorded.existing() || !clock.instant().isBefore(deadline)) {
      return Uni.createFrom().item(recorded);
    }
    return steps.advance(order, deadline).map(moved -> Entry.of(moved, false));
  }

  // --- what serves a domain already ---

  /** The order that serves the domain at a provider. */
  Uni<Optional<Order>> live(DomainName domain, String provider) {
    return latest(domain, provider).flatMap(this::live);
  }

  /** The order that serves the domain; after a renewal that failed, that is the one before. */
  Uni<Optional<Order>> live(Optional<Order> latest) {
    Optional<OrderId> before = latest.map(Order::renewalOf);
    return latest.filter(order -> order.state().ended()).isPresent() && before.isPresent()
        ? book.find(before.get()).map(old -> old.filter(order -> !order.state().ended()))
        : Uni.createFrom().item(latest.filter(order -> !order.state().ended()));
  }

  private Uni<Optional<Order>> latest(DomainName domain, String provider) {
    return book.latest(provider, account(provider), domain);
  }

  /** The account that a provider's orders are placed with now. */
  String account(String provider) {
    return catalog.require(provider).account().id();
  }

  // --- dry run: everything but the write and the record ---

  /** Finds out what an application would need, and writes nothing anywhere. */
  Uni<Entry> look(Command command, DomainName domain, String provider, Instant deadline) {
    return live(domain, provider)
        .flatMap(
            live ->
                live.isPresent()
                    ? Uni.createFrom().item(Entry.of(live.get(), true))
                    : prepare(command, domain, provider, deadline));
  }

  private Uni<Entry> prepare(
      Command command, DomainName domain, String provider, Instant deadline) {
    Application application =
        new Application(domain, command.terms(provider), Map.of(), null, List.of(), null, null);
    return catalog
        .require(provider)
        .prepare(application, new CallContext(deadline, domain.base()))
        .map(
            answer ->
                switch (answer) {
                  case Success(Ready(var plan), _) -> Entry.planned(domain, provider, plan);
                  case Success(Existing(var progress), _) ->
                      Entry.planned(domain, provider, adoption(progress));
                  case Failed(var failure) -> Entry.failed(domain, provider, failure.error());
                });
  }

  private static Plan adoption(Progress existing) {
    return new Plan(
        existing.reference().ids(),
        List.of(),
        List.of(
            "the vendor already has this (" + existing.vendorStatus() + "): adopted, not sent"));
  }
}
