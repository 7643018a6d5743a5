/** The vendors' own SDKs and what was recorded from them, as judges of our clients and sandbox. */
@NullMarked
package dev.polycert.whole.judge;

import org.jspecify.annotations.NullMarked;
