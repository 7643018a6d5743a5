package dev.polycert.order.use;

import dev.polycert.call.VendorError;
import dev.polycert.order.AbsentProvider;
import dev.polycert.order.Cancellation;
import dev.polycert.order.Catalog;
import dev.polycert.order.Intent;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.step.Canceller;
import dev.polycert.order.step.Step;
import dev.polycert.provider.Offer;
import dev.polycert.provider.RevocationReason;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
   */
  public Uni<List<NamedOrder<Cancellation>>> end(
      List<OrderId> ids, Cancellation.Kind kind, RevocationReason reason, Instant deadline) {
    return orders.each(
        ids,
        deadline,
        step -> end(step, kind, reason),
        (order, fault) -> new Cancellation(order, false, fault));
  }

  private Uni<Cancellation> end(Step step, Cancellation.Kind kind, RevocationReason reason) {
    Order order = step.order();
    if (kind.isDone(order)) {
      return kind == Cancellation.Kind.REVOKE && isNew(reason, order)
          ? revokeAgain(step, reason)
          : Uni.createFrom().item(new Cancellation(order, true, null));
    }
    Optional<VendorError> unusable = step.unusable();
    if (unusable.isPresent() && isGivenUp(step, kind)) {
      return new Canceller(step).giveUp(unusable.get());
    }
    Optional<VendorError> obstacle = obstacle(step, kind);
    return obstacle.isPresent()
        ? Uni.createFrom().item(new Cancellation(order, false, obstacle.get()))
        : new Canceller(step).end(kind, reason);
  }

  /**
   * Whether an application is ended here alone, because its vendor cannot be asked. What exists of
   * it there may be deleted once the account is back.
   */
  private boolean isGivenUp(Step step, Cancellation.Kind kind) {
    Order order = step.order();
    boolean can =
        step.provider() instanceof AbsentProvider
            || catalog.incapable(order.provider(), kind.capability()).isEmpty();
    return kind == Cancellation.Kind.CANCEL
        && can
        && order.state() != OrderState.REQUESTED
        && conflict(step, kind).isEmpty();
  }

  private static boolean isNew(RevocationReason reason, Order order) {
    RevocationReason before = order.issuance().revokedFor();
    boolean known = before != null || reason == RevocationReason.KEY_COMPROMISE;
    return reason != RevocationReason.UNSPECIFIED && reason != before && known;
  }

  /** A compromised key has to be known as such, also of a certificate that is revoked already. */
  private Uni<Cancellation> revokeAgain(Step step, RevocationReason reason) {
    Order order = step.order();
    if (reason == RevocationReason.KEY_COMPROMISE) {
      return step.unusable()
          .map(error -> Uni.createFrom().item(new Cancellation(order, false, error)))
          .orElseGet(() -> new Canceller(step).reportCompromise());
    }
    String before =
        "Order %s was revoked before, and its reason stays; only KEY_COMPROMISE is reported later."
            .formatted(order.id());
    return Uni.createFrom().item(new Cancellation(order, false, NamedOrders.conflict(before)));
  }

  private Optional<VendorError> obstacle(Step step, Cancellation.Kind kind) {
    Optional<String> conflict = conflict(step, kind);
    if (conflict.isEmpty() && step.order().state() != OrderState.REQUESTED) {
      return catalog
          .incapable(step.order().provider(), kind.capability())
          .map(NamedOrders::conflict)
          .or(step::unusable);
    }
    return conflict.map(NamedOrders::conflict);
  }

  private Optional<String> conflict(Step step, Cancellation.Kind kind) {
    Order order = step.order();
    String name = "Order " + order.id() + " is " + order.state();
    if (!fits(kind, order)) {
      return Optional.of(name + ", for which " + kind + " makes no sense; " + instead(order) + ".");
    }
    if (order.reference() == null && order.state() != OrderState.REQUESTED) {
      return Optional.of(
          name
              + ", and there is nothing at the vendor that is known to be its own;"
              + " check-verification looks for it.");
    }
    Intent intent = order.intent();
    if (intent == null || intent.ends()) {
      return Optional.empty();
    }
    if (intent.mayBeAtWork(step.now())) {
      return Optional.of(
          name + ", and " + intent.operation() + " is under way for it; try again in a minute.");
    }
    return order.state() == OrderState.APPLYING
        ? Optional.of(
            name + ", and what became of " + intent.operation() + " is not known: check it first.")
        : Optional.empty();
  }

  /** Whether it makes sense for an order in its state at its provider. */
  private boolean fits(Cancellation.Kind kind, Order order) {
    return kind.fits(order.state())
        && (kind != Cancellation.Kind.DELETE
            || !order.state().open()
            || catalog.offer(order.provider()).map(Offer::deletesApplications).orElse(true));
  }

  /** What would make sense for an order in its state at its provider. */
  private String instead(Order order) {
    if (order.state() == OrderState.UNCERTAIN) {
      return "check-verification finds out first what became of it";
    }
    List<String> kinds =
        Stream.of(Cancellation.Kind.values())
            .filter(kind -> fits(kind, order))
            .filter(kind -> catalog.incapable(order.provider(), kind.capability()).isEmpty())
            .map(Cancellation.Kind::name)
            .toList();
    return kinds.isEmpty() ? "nothing is left to end" : String.join(" or ", kinds) + " does";
  }
}
