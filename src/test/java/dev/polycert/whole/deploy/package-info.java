/** Judges the files of {@code deploy/}. */
@NullMarked
package dev.polycert.whole.deploy;

import org.jspecify.annotations.NullMarked;
