package dev.polycert.order;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import java.util.Optional;

/** Decides whether the next provider is asked. */
final class Failover {

  private Failover() {}

  /**
   * Why the provider cannot serve: out of quota, refuses for good, or down. Empty when it serves,
   * or may yet: an order that only waits for its turn, or whose call may have arrived, is not
   * passed over, because it could end up twice.
   */
  static Optional<VendorError> reason(Applied tried) {
    Order order = tried.order();
    if (order == null) {
      return Optional.ofNullable(tried.error());
    }
    VendorError error = tried.error() == null ? order.error() : tried.error();
    boolean refused = order.state() == OrderState.FAILED;
    boolean down =
        order.state() == OrderState.REQUESTED
            && error != null
            && error.errorClass() == ErrorClass.RETRY;
    return refused || down ? Optional.ofNullable(error) : Optional.empty();
  }
}
