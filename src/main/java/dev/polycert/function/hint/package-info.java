/** Reads the events that DNS services send about changes of their zones. One class a service. */
@NullMarked
package dev.polycert.function.hint;

import org.jspecify.annotations.NullMarked;
