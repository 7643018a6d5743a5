package dev.polycert.order;

import dev.polycert.call.VendorError;
import dev.polycert.provider.Deployment;
import org.jspecify.annotations.Nullable;

/** What a deployment of one order's certificate came to: either how far it is, or an error. */
public record Deployed(Order order, @Nullable Deployment deployment, @Nullable VendorError error) {}
