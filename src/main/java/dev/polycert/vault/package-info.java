/** Seals secrets before they are stored; the key is kept elsewhere. */
@NullMarked
package dev.polycert.vault;

import org.jspecify.annotations.NullMarked;
