/** Collects what is wrong with the settings, so that a start that fails names all of it. */
@NullMarked
package dev.polycert.startup;

import org.jspecify.annotations.NullMarked;
