/**
 * Says what an order is and where it is kept: its members and states, the port of the order book,
 * and the notices that people get of it. Knows no vendor, no AWS, no HTTP.
 */
@NullMarked
package dev.polycert.order;

import org.jspecify.annotations.NullMarked;
