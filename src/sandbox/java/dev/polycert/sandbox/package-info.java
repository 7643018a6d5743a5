/**
 * The vendors emulated on one local port, wire-exact, with signatures verified. For development and
 * tests; in production it never starts unless it is switched on.
 */
@NullMarked
package dev.polycert.sandbox;

import org.jspecify.annotations.NullMarked;
