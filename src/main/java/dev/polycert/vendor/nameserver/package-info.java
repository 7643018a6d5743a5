/**
 * Answers the DNS itself: an authoritative name server for zones that hold nothing but validations
 * (RFC 1034, 1035, 2308, 6891), and the writer of these zones.
 */
@NullMarked
package dev.polycert.vendor.nameserver;

import org.jspecify.annotations.NullMarked;
