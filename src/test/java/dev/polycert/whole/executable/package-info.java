/** The native executable, started by Quarkus beside its own stand-in of Lambda. */
@NullMarked
package dev.polycert.whole.executable;

import org.jspecify.annotations.NullMarked;
