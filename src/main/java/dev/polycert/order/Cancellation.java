package dev.polycert.order;

import dev.polycert.call.VendorError;
import dev.polycert.provider.Capability;
import org.jspecify.annotations.Nullable;

/**
 * The result of a request to end an order.
 *
 * @param done whether the order has ended; false without an error while the vendor is still ending
 *     it
 * @param error why it was not done; the order is unchanged then
 */
public record Cancellation(Order order, boolean done, @Nullable VendorError error) {

  /** The vendor's status of an order whose certificate or application was deleted. */
  public static final String DELETED = "deleted";

  /** How an order is ended at its vendor. */
  public enum Kind {
    /** An application that is not issued is withdrawn. */
    CANCEL(Capability.CANCEL),
    /** A certificate or application that nothing uses is deleted, whatever its state. */
    DELETE(Capability.DELETE),
    /** An issued certificate is revoked. */
    REVOKE(Capability.REVOKE);

    private final Capability capability;

    Kind(Capability capability) {
      this.capability = capability;
    }

    /** The capability that a provider needs for it. */
    public Capability capability() {
      return capability;
    }

    /** Whether it makes sense for an order in that state. */
    public boolean fits(OrderState state) {
      return switch (this) {
        case CANCEL -> state.open() && state != OrderState.UNCERTAIN;
        case DELETE -> state != OrderState.REQUESTED && state != OrderState.UNCERTAIN;
        case REVOKE -> state == OrderState.ISSUED;
      };
    }

    /** Whether an order has been ended so. */
    public boolean isDone(Order order) {
      return switch (this) {
        case CANCEL -> order.state() == OrderState.CANCELLED;
        case REVOKE -> order.state() == OrderState.REVOKED;
        case DELETE -> DELETED.equals(order.vendorStatus());
      };
    }
  }

  /** The same, not done because of an error. */
  public Cancellation withError(VendorError error) {
    return new Cancellation(order, false, error);
  }
}
