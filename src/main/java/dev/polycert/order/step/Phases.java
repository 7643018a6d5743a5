package dev.polycert.order.step;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.order.OrderState;
import dev.polycert.provider.Phase;
import org.jspecify.annotations.Nullable;

/** What a vendor's phase means for an order's state. */
public final class Phases {

  private Phases() {}

  /** The state that follows from a phase, for an order in a present state. */
  public static OrderState state(Phase phase, OrderState present) {
    OrderState reported = reported(phase, present);
    // An issued certificate stays one while the vendor re-issues it.
    return present == OrderState.ISSUED && reported.open() ? present : reported;
  }

  private static OrderState reported(Phase phase, OrderState present) {
    return switch (phase) {
      case PLACING, APPLYING -> OrderState.APPLYING;
      case PENDING_INFORMATION -> OrderState.PENDING_INFORMATION;
      case PENDING_VALIDATION -> OrderState.PENDING_VALIDATION;
      case ISSUED -> OrderState.ISSUED;
      case FAILED -> OrderState.FAILED;
      case EXPIRED -> OrderState.EXPIRED;
      case CANCELLED -> OrderState.CANCELLED;
      case REVOKED -> OrderState.REVOKED;
      // Whatever the text means, the vendor knows the order.
      case UNKNOWN ->
          present == OrderState.REQUESTED || present == OrderState.UNCERTAIN
              ? OrderState.APPLYING
              : present;
    };
  }

  /** The error of an order that the vendor itself ended. */
  static VendorError failure(
      String vendorStatus, @Nullable String message, @Nullable String requestId) {
    return new VendorError(
        ErrorClass.FINAL,
        "Vendor." + vendorStatus,
        message == null ? "the vendor ended the application" : message,
        requestId,
        null);
  }
}
