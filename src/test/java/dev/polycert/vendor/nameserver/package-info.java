@NullMarked
package dev.polycert.vendor.nameserver;

import org.jspecify.annotations.NullMarked;
