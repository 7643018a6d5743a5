package dev.polycert.order;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.provider.RevocationReason;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Cancels, deletes and revokes: the use case behind {@code cancel}. */
@ApplicationScoped
public class Ending {
  private final Catalog catalog;
  private final OrderBook book;
  private final OrderSteps steps;
  private final FanOut fanOut;
  private final Clock clock;

  Ending(Catalog catalog, OrderBook book, OrderSteps steps, FanOut fanOut, Clock clock) {
    this.catalog = catalog;
    this.book = book;
    this.steps = steps;
    this.fanOut = fanOut;
    this.clock = clock;
  }

  /**
   * Ends orders.
   *
   * @param reason for {@link Closure#REVOKE}
   * @throws OrderException.Unknown as failure, when an order is not there
   * @throws OrderException.Conflict as failure, when it makes no sense for an order, or its
   *     provider cannot; nothing is done to any order then
   */
  public Uni<List<Closed>> end(
      List<OrderId> ids, Closure closure, RevocationReason reason, Instant deadline) {
    return Checking.load(book, ids.stream().distinct().toList())
        .invoke(orders -> orders.forEach(order -> require(order, closure)))
        .flatMap(
            orders ->
                fanOut.run(
                    orders,
                    Order::provider,
                    order -> end(order.id(), closure, reason, deadline),
                    (order, fault) -> new Closed(order, false, fault)));
  }

  private void require(Order order, Closure closure) {
    obstacle(order, closure)
        .ifPresent(
            why -> {
              throw new OrderException.Conflict(why);
            });
    if (order.state() != OrderState.REQUESTED) {
      catalog.requireCapable(order.provider(), closure.capability());
    }
  }

  private Optional<String> obstacle(Order order, Closure closure) {
    String name = "Order " + order.id() + " is " + order.state();
    if (!closure.fits(order.state())) {
      return Optional.of(name + ", for which " + closure + " makes no sense.");
    }
    if (order.reference() == null && order.state() != OrderState.REQUESTED) {
      return Optional.of(
          name + ", and there is nothing at the vendor that is known to be its own.");
    }
    Intent intent = order.intent();
    if (intent == null || intent.ends()) {
      return Optional.empty();
    }
    if (clock.instant().isBefore(intent.until())) {
      return Optional.of(name + ", and " + intent.operation() + " is under way for it.");
    }
    return order.state() == OrderState.APPLYING
        ? Optional.of(
            name + ", and what became of " + intent.operation() + " is not known: check it first.")
        : Optional.empty();
  }

  private Uni<Closed> end(OrderId id, Closure closure, RevocationReason reason, Instant deadline) {
    return Uni.createFrom()
        .deferred(() -> book.find(id))
        .map(Optional::orElseThrow)
        .flatMap(order -> end(order, closure, reason, deadline))
        .onFailure(StaleOrderException.class)
        .retry()
        .atMost(3);
  }

  private Uni<Closed> end(Order order, Closure closure, RevocationReason reason, Instant deadline) {
    Optional<String> obstacle = obstacle(order, closure);
    if (obstacle.isPresent()) {
      VendorError moved = new VendorError(ErrorClass.FINAL, "Conflict", obstacle.get());
      return Uni.createFrom().item(new Closed(order, false, moved));
    }
    Step step = steps.step(order, deadline);
    Optional<VendorError> unusable = OrderSteps.unusable(step);
    if (order.state() != OrderState.REQUESTED && unusable.isPresent()) {
      return Uni.createFrom().item(new Closed(order, false, unusable.get()));
    }
    return Closing.close(step, closure, reason);
  }
}
