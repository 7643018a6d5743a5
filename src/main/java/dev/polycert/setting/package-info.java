/** Checks the settings at the start, and names those that nothing reads. */
@NullMarked
package dev.polycert.setting;

import org.jspecify.annotations.NullMarked;
