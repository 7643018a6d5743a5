package dev.polycert.order;

import dev.polycert.call.VendorError;
import dev.polycert.provider.Export;
import org.jspecify.annotations.Nullable;

/**
 * What an export came to: either the certificate or an error.
 *
 * @param order as it is after the export was recorded
 */
public record Exported(Order order, @Nullable Export export, @Nullable VendorError error) {}
