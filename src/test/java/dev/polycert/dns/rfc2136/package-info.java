@NullMarked
package dev.polycert.dns.rfc2136;

import org.jspecify.annotations.NullMarked;
