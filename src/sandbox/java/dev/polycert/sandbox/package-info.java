/**
 * The vendors emulated on one local port, wire-exact, with signatures verified. It is for
 * development and tests alone: no artifact holds it.
 */
@NullMarked
package dev.polycert.sandbox;

import org.jspecify.annotations.NullMarked;
