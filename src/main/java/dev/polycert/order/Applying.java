package dev.polycert.order;

import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.order.Applied.PassedOver;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.provider.Information;
import dev.polycert.provider.Terms;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Applies for certificates: the use case behind {@code apply}. */
@ApplicationScoped
public class Applying {
  private final Catalog catalog;
  private final OrderBook book;
  private final OrderSteps steps;
  private final FanOut fanOut;
  private final Clock clock;

  Applying(Catalog catalog, OrderBook book, OrderSteps steps, FanOut fanOut, Clock clock) {
    this.catalog = catalog;
    this.book = book;
    this.steps = steps;
    this.fanOut = fanOut;
    this.clock = clock;
  }

  /**
   * Applies, and answers with one entry per (domain, provider) in request order; with {@link
   * Strategy#FIRST} one per domain.
   *
   * @param deadline nothing is waited for beyond this; what could not be sent stays {@code
   *     REQUESTED}
   */
  public Uni<List<Applied>> apply(ApplyCommand command, Instant deadline) {
    return switch (command.strategy()) {
      case ALL -> {
        List<Pair> pairs = new ArrayList<>();
        for (DomainName domain : command.domains()) {
          command.providers().forEach(provider -> pairs.add(new Pair(domain, provider)));
        }
        yield command.dryRun() ? look(command, pairs, deadline) : place(command, pairs, deadline);
      }
      case FIRST ->
          fanOut.run(
              command.domains(),
              domain -> command.providers().getFirst(),
              domain -> first(command, domain, deadline),
              (domain, fault) -> failed(new Pair(domain, command.providers().getFirst()), fault));
    };
  }

  private record Pair(DomainName domain, String provider) {}

  private static Applied failed(Pair pair, VendorError fault) {
    return new Applied(pair.domain, pair.provider, null, false, null, fault, List.of());
  }

  private Uni<Applied> one(ApplyCommand command, Pair pair, Instant deadline) {
    return command.dryRun()
        ? look(command, pair, deadline)
        : record(command, pair).flatMap(recorded -> send(recorded, deadline));
  }

  /**
   * Records all before it sends any: whatever becomes of this process or its time, nothing that was
   * asked for is lost.
   */
  private Uni<List<Applied>> place(ApplyCommand command, List<Pair> pairs, Instant deadline) {
    return fanOut
        .run(pairs, Pair::provider, pair -> record(command, pair), Applying::failed)
        .flatMap(
            recorded ->
                fanOut.run(
                    recorded,
                    Applied::provider,
                    applied -> send(applied, deadline),
                    (applied, fault) ->
                        failed(new Pair(applied.domain(), applied.provider()), fault)));
  }

  private Uni<Applied> record(ApplyCommand command, Pair pair) {
    return book.latest(pair.provider, account(pair.provider), pair.domain)
        .flatMap(
            latest ->
                live(latest)
                    .flatMap(
                        live ->
                            live.isPresent()
                                ? Uni.createFrom().item(applied(pair, live.get(), true))
                                : claim(command, pair, latest.orElse(null))));
  }

  /** The order that serves the domain; after a renewal that failed, that is the one before. */
  private Uni<Optional<Order>> live(Optional<Order> latest) {
    Optional<OrderId> before = latest.map(Order::renewalOf);
    return latest.filter(order -> order.state().ended()).isPresent() && before.isPresent()
        ? book.find(before.get()).map(old -> old.filter(order -> !order.state().ended()))
        : Uni.createFrom().item(latest.filter(order -> !order.state().ended()));
  }

  private Uni<Applied> claim(ApplyCommand command, Pair pair, @Nullable Order latest) {
    Terms terms = terms(command, pair.provider);
    return steps
        .claim(steps.requested(pair.provider, pair.domain, latest, terms), "requested")
        .map(claim -> applied(pair, claim.order(), !claim.won()));
  }

  /** Sends what was recorded just now; without time left it stays {@code REQUESTED}. */
  private Uni<Applied> send(Applied recorded, Instant deadline) {
    Order order = recorded.order();
    if (order == null || recorded.existing() || !clock.instant().isBefore(deadline)) {
      return Uni.createFrom().item(recorded);
    }
    return steps
        .advance(order, deadline)
        .map(moved -> applied(new Pair(order.domain(), order.provider()), moved, false));
  }

  private static Terms terms(ApplyCommand command, String provider) {
    Map<String, String> options = command.providerOptions().getOrDefault(provider, Map.of());
    Information information = command.information();
    return new Terms(
        command.validation(), command.keyAlgorithm(), options, information, command.deliver());
  }

  private String account(String provider) {
    return catalog.require(provider).account().id();
  }

  private static Applied applied(Pair pair, Order order, boolean existing) {
    return new Applied(pair.domain, pair.provider, order, existing, null, null, List.of());
  }

  // --- dry run: everything but the write and the record ---

  private Uni<List<Applied>> look(ApplyCommand command, List<Pair> pairs, Instant deadline) {
    return fanOut.run(
        pairs, Pair::provider, pair -> look(command, pair, deadline), Applying::failed);
  }

  private Uni<Applied> look(ApplyCommand command, Pair pair, Instant deadline) {
    return book.latest(pair.provider, account(pair.provider), pair.domain)
        .flatMap(this::live)
        .flatMap(
            live ->
                live.isPresent()
                    ? Uni.createFrom().item(applied(pair, live.get(), true))
                    : DryRun.of(
                        catalog.require(pair.provider),
                        pair.domain,
                        terms(command, pair.provider),
                        deadline));
  }

  // --- ordered failover ---

  private Uni<Applied> first(ApplyCommand command, DomainName domain, Instant deadline) {
    return live(command, domain)
        .flatMap(
            live ->
                live.isPresent()
                    ? Uni.createFrom()
                        .item(applied(new Pair(domain, live.get().provider()), live.get(), true))
                    : next(command, domain, 0, List.of(), deadline));
  }

  /** A domain that one provider serves already is not applied for at another. */
  private Uni<Optional<Order>> live(ApplyCommand command, DomainName domain) {
    return book.latest(domain)
        .onItem()
        .transformToMulti(orders -> Multi.createFrom().iterable(orders))
        .filter(order -> command.providers().contains(order.provider()))
        .filter(order -> order.account().equals(account(order.provider())))
        .onItem()
        .transformToUniAndConcatenate(order -> live(Optional.of(order)))
        .filter(Optional::isPresent)
        .collect()
        .first()
        .map(found -> found == null ? Optional.empty() : found);
  }

  private Uni<Applied> next(
      ApplyCommand command,
      DomainName domain,
      int index,
      List<PassedOver> before,
      Instant deadline) {
    Pair pair = new Pair(domain, command.providers().get(index));
    boolean last = index == command.providers().size() - 1;
    return one(command, pair, deadline)
        .onFailure()
        .recoverWithUni(failure -> afterFault(pair, fanOut.fault(failure, pair.provider)))
        .flatMap(
            tried -> {
              Optional<VendorError> reason = Failover.reason(tried);
              if (reason.isEmpty() || last) {
                return Uni.createFrom().item(withPassedOver(tried, before));
              }
              List<PassedOver> now = new ArrayList<>(before);
              Order order = tried.order();
              now.add(
                  new PassedOver(pair.provider, order == null ? null : order.id(), reason.get()));
              return givenUp(order, deadline)
                  .flatMap(
                      given ->
                          given
                              ? next(command, domain, index + 1, now, deadline)
                              : Uni.createFrom().item(withPassedOver(tried, before)));
            });
  }

  /** What there is after a fault: the order may be placed, though its step did not end well. */
  private Uni<Applied> afterFault(Pair pair, VendorError fault) {
    return book.latest(pair.provider, account(pair.provider), pair.domain)
        .flatMap(this::live)
        .map(
            live ->
                new Applied(
                    pair.domain, pair.provider, live.orElse(null), false, null, fault, List.of()));
  }

  /** An order that waits for a provider that is down must not be sent later, beside the other. */
  private Uni<Boolean> givenUp(@Nullable Order order, Instant deadline) {
    if (order == null || order.state().ended()) {
      return Uni.createFrom().item(true);
    }
    return steps
        .step(order, deadline)
        .cancels("passed over for the next provider")
        .replaceWith(true)
        .onFailure(StaleOrderException.class)
        .recoverWithItem(false);
  }

  private static Applied withPassedOver(Applied tried, List<PassedOver> before) {
    return new Applied(
        tried.domain(),
        tried.provider(),
        tried.order(),
        tried.existing(),
        tried.plan(),
        tried.error(),
        before);
  }
}
