/** Says what a certificate provider is, and what it answers. Knows no order book. */
@NullMarked
package dev.polycert.provider;

import org.jspecify.annotations.NullMarked;
