/** Counts and measures for operators. Knows none of the packages that call it. */
@NullMarked
package dev.polycert.metric;

import org.jspecify.annotations.NullMarked;
