package dev.polycert.order.use;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.order.Cancellation;
import dev.polycert.order.Catalog;
import dev.polycert.order.Intent;
import dev.polycert.order.Order;
import dev.polycert.order.OrderException;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.step.Canceller;
import dev.polycert.order.step.Step;
import dev.polycert.provider.RevocationReason;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Cancels, deletes and revokes: the use case behind {@code cancel}. */
@ApplicationScoped
public class Cancel {
  private final Catalog catalog;
  private final NamedOrders orders;

  Cancel(Catalog catalog, NamedOrders orders) {
    this.catalog = catalog;
    this.orders = orders;
  }

  /**
   * Ends orders.
   *
   * @param reason for {@link Cancellation.Kind#REVOKE}
   * @throws OrderException.Unknown as failure, when an order is not there
   * @throws OrderException.Conflict as failure, when it makes no sense for an order, or its
   *     provider cannot; nothing is done to any order then
   */
  public Uni<List<Cancellation>> end(
      List<OrderId> ids, Cancellation.Kind kind, RevocationReason reason, Instant deadline) {
    return orders.each(
        ids,
        deadline,
        step -> require(step, kind),
        step -> end(step, kind, reason),
        (order, fault) -> new Cancellation(order, false, fault));
  }

  private void require(Step step, Cancellation.Kind kind) {
    obstacle(step, kind)
        .ifPresent(
            why -> {
              throw new OrderException.Conflict(why);
            });
    if (step.order().state() != OrderState.REQUESTED) {
      catalog.requireCapable(step.order().provider(), kind.capability());
    }
  }

  private static Optional<String> obstacle(Step step, Cancellation.Kind kind) {
    Order order = step.order();
    String name = "Order " + order.id() + " is " + order.state();
    if (!kind.fits(order.state())) {
      return Optional.of(name + ", for which " + kind + " makes no sense.");
    }
    if (order.reference() == null && order.state() != OrderState.REQUESTED) {
      return Optional.of(
          name + ", and there is nothing at the vendor that is known to be its own.");
    }
    Intent intent = order.intent();
    if (intent == null || intent.ends()) {
      return Optional.empty();
    }
    if (intent.mayBeAtWork(step.now())) {
      return Optional.of(name + ", and " + intent.operation() + " is under way for it.");
    }
    return order.state() == OrderState.APPLYING
        ? Optional.of(
            name + ", and what became of " + intent.operation() + " is not known: check it first.")
        : Optional.empty();
  }

  private static Uni<Cancellation> end(Step step, Cancellation.Kind kind, RevocationReason reason) {
    Order order = step.order();
    Optional<String> obstacle = obstacle(step, kind);
    if (obstacle.isPresent()) {
      VendorError moved = new VendorError(ErrorClass.FINAL, "Conflict", obstacle.get());
      return Uni.createFrom().item(new Cancellation(order, false, moved));
    }
    Optional<VendorError> unusable = step.unusable();
    if (order.state() != OrderState.REQUESTED && unusable.isPresent()) {
      return Uni.createFrom().item(new Cancellation(order, false, unusable.get()));
    }
    return new Canceller(step).end(kind, reason);
  }
}
