@NullMarked
package dev.polycert.vendor.hetzner;

import org.jspecify.annotations.NullMarked;
