/** Runs programs of the machine. */
@NullMarked
package dev.polycert.program;

import org.jspecify.annotations.NullMarked;
