/** Keeps what must not be read by others, sealed under a key that is kept elsewhere. */
@NullMarked
package dev.polycert.vault;

import org.jspecify.annotations.NullMarked;
