/** Takes one order one step at a time, and keeps the law: intent, call, result. */
@NullMarked
package dev.polycert.order.step;

import org.jspecify.annotations.NullMarked;
