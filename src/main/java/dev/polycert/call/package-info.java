/** Makes one call to a remote service within its limits, and says how it ended. */
@NullMarked
package dev.polycert.call;

import org.jspecify.annotations.NullMarked;
