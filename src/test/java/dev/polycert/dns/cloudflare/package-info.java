@NullMarked
package dev.polycert.dns.cloudflare;

import org.jspecify.annotations.NullMarked;
