@NullMarked
package dev.polycert.vendor.rfc2136;

import org.jspecify.annotations.NullMarked;
