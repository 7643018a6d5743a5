/**
 * Divides all tests into two parts of about the same length, which a whole build runs in two
 * processes. Within a part, tests of the same settings share one application of Quarkus.
 */
@NullMarked
package dev.polycert.whole.parts;

import org.jspecify.annotations.NullMarked;
