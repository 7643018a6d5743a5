/** Cloudflare's DNS, API v4. */
@NullMarked
package dev.polycert.dns.cloudflare;

import org.jspecify.annotations.NullMarked;
