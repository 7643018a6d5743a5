/** What looks for secrets where they must not be. */
@NullMarked
package dev.polycert.whole.secrecy;

import org.jspecify.annotations.NullMarked;
