@NullMarked
package dev.polycert.vendor.godaddy;

import org.jspecify.annotations.NullMarked;
