/** Does what can be asked for: one class for each operation of the API, named after it. */
@NullMarked
package dev.polycert.order.use;

import org.jspecify.annotations.NullMarked;
