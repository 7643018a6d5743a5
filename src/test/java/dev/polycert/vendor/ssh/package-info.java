@NullMarked
package dev.polycert.vendor.ssh;

import org.jspecify.annotations.NullMarked;
