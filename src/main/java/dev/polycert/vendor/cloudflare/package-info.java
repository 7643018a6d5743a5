/** Cloudflare's DNS, API v4. */
@NullMarked
package dev.polycert.vendor.cloudflare;

import org.jspecify.annotations.NullMarked;
