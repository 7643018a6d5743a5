/** The order book in one file, without a server. */
@NullMarked
package dev.polycert.store.embedded;

import org.jspecify.annotations.NullMarked;
