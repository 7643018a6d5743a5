/** The whole of Polycert against the sandbox, as its users meet it. */
@NullMarked
package dev.polycert.e2e;

import org.jspecify.annotations.NullMarked;
