/** Brings issued certificates to where they are used. */
@NullMarked
package dev.polycert.deliver;

import org.jspecify.annotations.NullMarked;
