/** Order books: how orders are kept. Each kind has its own package below; nobody imports those. */
@NullMarked
package dev.polycert.store;

import org.jspecify.annotations.NullMarked;
