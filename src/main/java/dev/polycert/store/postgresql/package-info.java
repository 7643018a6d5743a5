/** The order book and the vault in one PostgreSQL database, shared by all processes. */
@NullMarked
package dev.polycert.store.postgresql;

import org.jspecify.annotations.NullMarked;
