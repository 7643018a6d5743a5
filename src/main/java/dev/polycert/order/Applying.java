package dev.polycert.order;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Applied.PassedOver;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.provider.Information;
import dev.polycert.provider.Terms;
import dev.polycert.provider.VendorError;
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
  private final Pace pace;
  private final Clock clock;

  Applying(
      Catalog catalog, OrderBook book, OrderSteps steps, FanOut fanOut, Pace pace, Clock clock) {
    this.catalog = catalog;
    this.book = book;
    this.steps = steps;
    this.fanOut = fanOut;
    this.pace = pace;
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
        yield fanOut.run(
            pairs,
            Pair::provider,
            pair -> one(command, pair, deadline),
            (pair, fault) -> failed(pair, fault));
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
    return command.dryRun() ? look(command, pair, deadline) : place(command, pair, deadline);
  }

  private Uni<Applied> place(ApplyCommand command, Pair pair, Instant deadline) {
    String account = account(pair.provider);
    return book.latest(pair.provider, account, pair.domain)
        .flatMap(
            latest ->
                latest.filter(order -> !order.state().ended()).isPresent()
                    ? Uni.createFrom().item(existing(pair, latest.get()))
                    : claim(command, pair, latest.map(Order::generation).orElse(0) + 1, deadline));
  }

  private Uni<Applied> claim(ApplyCommand command, Pair pair, int generation, Instant deadline) {
    return book.claim(requested(command, pair, generation), "requested")
        .flatMap(
            claim ->
                claim.won()
                    ? steps
                        .advance(claim.order(), deadline)
                        .map(order -> applied(pair, order, false, List.of()))
                    : Uni.createFrom().item(existing(pair, claim.order())));
  }

  private Order requested(ApplyCommand command, Pair pair, int generation) {
    Instant now = clock.instant();
    String account = account(pair.provider);
    OrderId id = OrderId.of(pair.provider, account, pair.domain, generation);
    return Order.requested(
        id,
        pair.provider,
        account,
        pair.domain,
        generation,
        terms(command, pair.provider),
        now,
        // Should this process die right here, the sweep takes the order up.
        pace.nextStep(id, OrderState.REQUESTED, 0, now),
        pace.deadline(OrderState.REQUESTED, catalog.require(pair.provider).descriptor(), now));
  }

  private static Terms terms(ApplyCommand command, String provider) {
    Map<String, String> options = command.providerOptions().getOrDefault(provider, Map.of());
    Information information = command.information();
    return new Terms(command.validation(), command.keyAlgorithm(), options, information);
  }

  private String account(String provider) {
    return catalog.require(provider).account().id();
  }

  private static Applied existing(Pair pair, Order order) {
    return applied(pair, order, true, List.of());
  }

  private static Applied applied(
      Pair pair, Order order, boolean existing, List<PassedOver> passedOver) {
    return new Applied(pair.domain, pair.provider, order, existing, null, null, passedOver);
  }

  // --- dry run: everything but the write and the record ---

  private Uni<Applied> look(ApplyCommand command, Pair pair, Instant deadline) {
    return book.latest(pair.provider, account(pair.provider), pair.domain)
        .flatMap(
            latest -> {
              Optional<Order> live = latest.filter(order -> !order.state().ended());
              return live.isPresent()
                  ? Uni.createFrom().item(existing(pair, live.get()))
                  : DryRun.of(
                      catalog.require(pair.provider),
                      pair.domain,
                      terms(command, pair.provider),
                      deadline);
            });
  }

  // --- ordered failover ---

  private Uni<Applied> first(ApplyCommand command, DomainName domain, Instant deadline) {
    return live(command, domain)
        .flatMap(
            live ->
                live.isPresent()
                    ? Uni.createFrom()
                        .item(existing(new Pair(domain, live.get().provider()), live.get()))
                    : next(command, domain, 0, List.of(), deadline));
  }

  /** A domain that one provider serves already is not applied for at another. */
  private Uni<Optional<Order>> live(ApplyCommand command, DomainName domain) {
    return book.latest(domain)
        .map(
            orders ->
                orders.stream()
                    .filter(order -> !order.state().ended())
                    .filter(order -> command.providers().contains(order.provider()))
                    .filter(order -> order.account().equals(account(order.provider())))
                    .findFirst());
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
        .recoverWithItem(fault -> failed(pair, fanOut.fault(fault)))
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
