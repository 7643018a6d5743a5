@NullMarked
package dev.polycert.vendor.alibaba;

import org.jspecify.annotations.NullMarked;
