@NullMarked
package dev.polycert.deliver;

import org.jspecify.annotations.NullMarked;
