package dev.polycert.order;

import dev.polycert.call.VendorError;
import org.jspecify.annotations.Nullable;

/**
 * What became of the wish to end an order.
 *
 * @param done whether it is over; false without an error while the vendor is at it
 * @param error why it was not done; the order is where it was
 */
public record Closed(Order order, boolean done, @Nullable VendorError error) {}
