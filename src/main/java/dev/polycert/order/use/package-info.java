/** What can be asked for, one class for each use case. */
@NullMarked
package dev.polycert.order.use;

import org.jspecify.annotations.NullMarked;
