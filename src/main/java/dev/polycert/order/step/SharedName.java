package dev.polycert.order.step;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.order.Order;

/** Refuses another label at a service that has one certificate for each name. */
public final class SharedName {
  private SharedName() {}

  /**
   * The error of the other label. It does not name the order: its caller may not be allowed to see
   * it.
   *
   * @param holder the order that has the certificate of the name
   */
  public static VendorError heldBy(Order holder) {
    String label = holder.identity().label();
    return new VendorError(
        ErrorClass.FINAL,
        "Label.Shared",
        "%s has one certificate for each name, and the order %s has that of %s: apply %s"
            .formatted(
                holder.provider(),
                label == null ? "without a label" : "with the label '" + label + "'",
                holder.domain().ascii(),
                label == null ? "without a label" : "with that label"));
  }
}
