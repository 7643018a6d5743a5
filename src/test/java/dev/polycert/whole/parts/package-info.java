/**
 * Divides all tests into four parts of about the same length, which a whole build runs in four
 * processes: on two processors, two of them mostly wait. Within a part, tests of the same settings
 * share one application of Quarkus.
 */
@NullMarked
package dev.polycert.whole.parts;

import org.jspecify.annotations.NullMarked;
