package dev.polycert.order.use;

import dev.polycert.call.VendorError;
import dev.polycert.order.OrderId;
import org.jspecify.annotations.Nullable;

/**
 * The result for one order that a request names.
 *
 * @param result null when there is no such order
 * @param error why there is no result
 */
public record NamedOrder<R>(OrderId id, @Nullable R result, @Nullable VendorError error) {}
