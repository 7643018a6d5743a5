/** What tests of all packages use. */
@NullMarked
package dev.polycert.testing;

import org.jspecify.annotations.NullMarked;
