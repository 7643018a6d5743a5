/**
 * Any ACME CA (RFC 8555) through acme4j, whose calls block: they run on a limited number of virtual
 * threads. ACME Renewal Information (RFC 9773) and profiles (draft-ietf-acme-profiles) are used
 * where a CA has them.
 */
@NullMarked
package dev.polycert.vendor.acme;

import org.jspecify.annotations.NullMarked;
