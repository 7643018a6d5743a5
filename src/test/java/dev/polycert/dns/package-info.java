@NullMarked
package dev.polycert.dns;

import org.jspecify.annotations.NullMarked;
