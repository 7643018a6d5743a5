/**
 * Divides all tests into three parts of about the same length, which a whole build runs in three
 * processes: on two processors, one of them mostly waits. Within a part, tests of the same settings
 * share one application of Quarkus.
 */
@NullMarked
package dev.polycert.whole.parts;

import org.jspecify.annotations.NullMarked;
