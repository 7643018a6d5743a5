package dev.polycert.order;

import dev.polycert.call.VendorError;
import dev.polycert.provider.Capability;
import org.jspecify.annotations.Nullable;

/**
 * What a request to end an order came to.
 *
 * @param done whether it is over; false without an error while the vendor is at it
 * @param error why it was not done; the order is where it was
 */
public record Cancellation(Order order, boolean done, @Nullable VendorError error) {

  /** The vendor's status of an order whose certificate or application was deleted. */
  public static final String DELETED = "deleted";

  /** How an order is ended at its vendor. */
  public enum Kind {
    /** An application that is not issued is withdrawn. */
    CANCEL(Capability.CANCEL),
    /** What nothing uses is deleted, whatever became of it. */
    DELETE(Capability.DELETE),
    /** An issued certificate is revoked. */
    REVOKE(Capability.REVOKE);

    private final Capability capability;

    Kind(Capability capability) {
      this.capability = capability;
    }

    /** What a provider must be capable of for it. */
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
