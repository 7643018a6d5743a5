package dev.polycert.order;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Outcome;
import dev.polycert.provider.Phase;

/** What a vendor's phase means for an order's state. */
final class Phases {

  private Phases() {}

  static OrderState state(Phase phase, OrderState present) {
    OrderState told = told(phase, present);
    // An issued certificate stays one while the vendor re-issues it.
    return present == OrderState.ISSUED && told.open() ? present : told;
  }

  private static OrderState told(Phase phase, OrderState present) {
    return switch (phase) {
      case PLACING, APPLYING -> OrderState.APPLYING;
      case PENDING_INFORMATION -> OrderState.PENDING_INFORMATION;
      case PENDING_VALIDATION -> OrderState.PENDING_VALIDATION;
      case ISSUED -> OrderState.ISSUED;
      case FAILED -> OrderState.FAILED;
      case EXPIRED -> OrderState.EXPIRED;
      case CANCELLED -> OrderState.CANCELLED;
      case REVOKED -> OrderState.REVOKED;
      // The vendor has it, whatever the text means; an order that was not sure of that now is.
      case UNKNOWN ->
          present == OrderState.REQUESTED || present == OrderState.UNCERTAIN
              ? OrderState.APPLYING
              : present;
    };
  }

  /** The error of an order that the vendor itself ended. */
  static VendorError failure(Outcome.Progress progress) {
    String message = progress.message();
    return new VendorError(
        ErrorClass.FINAL,
        "Vendor." + progress.vendorStatus(),
        message == null ? "the vendor ended the application" : message,
        progress.requestId(),
        null);
  }
}
