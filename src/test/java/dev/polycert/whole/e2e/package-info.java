/** The whole of Polycert against the sandbox, as its users meet it. */
@NullMarked
package dev.polycert.whole.e2e;

import org.jspecify.annotations.NullMarked;
