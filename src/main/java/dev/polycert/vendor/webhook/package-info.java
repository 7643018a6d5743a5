/** Delivery to any HTTPS endpoint, signed as Standard Webhooks 1.0.0 define. */
@NullMarked
package dev.polycert.vendor.webhook;

import org.jspecify.annotations.NullMarked;
