/** What DNS services tell of changes to their zones, read into names. One class a service. */
@NullMarked
package dev.polycert.function.hint;

import org.jspecify.annotations.NullMarked;
