/**
 * The SPI that every certificate service implements, and the nouns of its answers. Knows no order
 * book.
 */
@NullMarked
package dev.polycert.provider;

import org.jspecify.annotations.NullMarked;
