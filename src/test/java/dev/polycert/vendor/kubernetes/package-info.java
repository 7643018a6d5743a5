@NullMarked
package dev.polycert.vendor.kubernetes;

import org.jspecify.annotations.NullMarked;
