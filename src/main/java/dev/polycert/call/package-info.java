/** The one way out to a vendor: bounded HTTP clients, tokens, retries. */
@NullMarked
package dev.polycert.call;

import org.jspecify.annotations.NullMarked;
