/** Looks at the public DNS and web for published validations, as a CA would. */
@NullMarked
package dev.polycert.look;

import org.jspecify.annotations.NullMarked;
