/**
 * Chooses the order book and writes orders as JSON. Each kind of book has its own package below,
 * found through CDI and imported nowhere.
 */
@NullMarked
package dev.polycert.store;

import org.jspecify.annotations.NullMarked;
