/** Token buckets that hold the vendors' limits by construction. Knows no provider. */
@NullMarked
package dev.polycert.rate;

import org.jspecify.annotations.NullMarked;
