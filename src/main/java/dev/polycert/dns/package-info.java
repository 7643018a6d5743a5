/**
 * Says what a DNS writer is, and finds the zone of a name across delegations, so that no person has
 * to publish a validation.
 */
@NullMarked
package dev.polycert.dns;

import org.jspecify.annotations.NullMarked;
