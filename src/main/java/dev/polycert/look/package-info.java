/** Looks for published validations in the public DNS and web, as a CA would. */
@NullMarked
package dev.polycert.look;

import org.jspecify.annotations.NullMarked;
