/** Faults of our own: what the log says of them, and what a caller may know. Knows nobody. */
@NullMarked
package dev.polycert.log;

import org.jspecify.annotations.NullMarked;
