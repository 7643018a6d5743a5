package dev.polycert.order.step;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.order.Intent;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.provider.Reference;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ensures that one vendor object belongs to one order only. A vendor that knows names and no labels
 * may answer two orders with one thing: CAs give a pending order again for the same names (RFC
 * 8555, section 7.4, lets them).
 */
final class Ownership {
  private final Step step;

  Ownership(Step step) {
    this.step = step;
  }

  /**
   * Takes the object that the vendor answered a write with.
   *
   * @return why another order keeps it; empty when it is this order's now
   */
  Uni<Optional<VendorError>> takePlaced(Reference reference) {
    return take(reference, false);
  }

  /**
   * Takes the object that a look-up found. An order of another name does not keep it from this one,
   * because a certificate may be for both names.
   *
   * @return why another order of the name keeps it; empty when it is this order's now
   */
  Uni<Optional<VendorError>> takeFound(Reference reference) {
    return take(reference, true);
  }

  private Uni<Optional<VendorError>> take(Reference reference, boolean found) {
    return step.rivals()
        .flatMap(
            rivals -> {
              Optional<Order> holder = holder(rivals, reference);
              return holder.isPresent()
                  ? Uni.createFrom().item(holder.map(this::kept))
                  // Two that ask at once both see no holder: one of them gets the reservation.
                  : reserve(reference, found);
            });
  }

  private Uni<Optional<VendorError>> reserve(Reference reference, boolean found) {
    return step.reserveInLine(reference)
        .flatMap(ours -> ours ? Uni.createFrom().item(Optional.empty()) : lost(reference, found));
  }

  private Uni<Optional<VendorError>> lost(Reference reference, boolean found) {
    return step.rivals()
        .map(
            rivals -> {
              boolean shares = found && rivals.stream().noneMatch(it -> it.state().open());
              return shares
                  ? Optional.empty()
                  : Optional.of(
                      holder(rivals, reference).map(this::kept).orElseGet(() -> waits(null)));
            });
  }

  private static Optional<Order> holder(List<Order> rivals, Reference reference) {
    return rivals.stream().filter(it -> reference.equals(it.reference())).findFirst();
  }

  private VendorError kept(Order holder) {
    Intent sent = step.order().intent();
    // An order that was issued only after this write may be the reason for this answer; the next
    // answer shows it.
    boolean before = sent == null || holder.updatedAt().isBefore(sent.at());
    return holder.state() == OrderState.ISSUED && before
        ? SharedName.heldBy(holder)
        : waits(holder);
  }

  private VendorError waits(@Nullable Order holder) {
    return new VendorError(
        ErrorClass.RETRY,
        "Label.Waits",
        "%s answers with what %s has: asks again once that is issued"
            .formatted(
                step.order().provider(),
                holder == null ? "another order" : "order " + holder.id()));
  }
}
