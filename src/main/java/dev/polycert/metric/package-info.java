/** What is counted and timed while the process works. Knows nobody who is counted. */
@NullMarked
package dev.polycert.metric;

import org.jspecify.annotations.NullMarked;
