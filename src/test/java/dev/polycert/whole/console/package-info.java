/** The console in a real browser, against the sandbox. */
@NullMarked
package dev.polycert.whole.console;

import org.jspecify.annotations.NullMarked;
