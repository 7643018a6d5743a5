@NullMarked
package dev.polycert.call;

import org.jspecify.annotations.NullMarked;
