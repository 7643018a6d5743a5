/** Dynamic updates of a DNS server (RFC 2136), signed with TSIG (RFC 8945). */
@NullMarked
package dev.polycert.vendor.rfc2136;

import org.jspecify.annotations.NullMarked;
