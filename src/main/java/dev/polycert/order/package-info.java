/**
 * The nouns and the law: orders, their states and the use cases. Knows no vendor, no AWS, no HTTP.
 */
@NullMarked
package dev.polycert.order;

import org.jspecify.annotations.NullMarked;
