/** What an order is, where it is kept and which notices people get. */
@NullMarked
package dev.polycert.order;

import org.jspecify.annotations.NullMarked;
