/**
 * Writes records into the DNS zones that Polycert was given, so that nobody has to publish a
 * validation by hand.
 */
@NullMarked
package dev.polycert.dns;

import org.jspecify.annotations.NullMarked;
