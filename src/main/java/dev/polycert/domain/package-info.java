/**
 * Reads and compares domain names, and says what a look at the public DNS and web found. Knows no
 * provider and no order.
 */
@NullMarked
package dev.polycert.domain;

import org.jspecify.annotations.NullMarked;
