/** What DNS services tell of changes to their zones, read into names. One class a service. */
@NullMarked
package dev.polycert.function.dns;

import org.jspecify.annotations.NullMarked;
