/**
 * Keeps the connections to one PostgreSQL database, brings its schema up to date, and says what is
 * wrong with it. Nothing is opened before the first use.
 */
@NullMarked
package dev.polycert.postgresql;

import org.jspecify.annotations.NullMarked;
