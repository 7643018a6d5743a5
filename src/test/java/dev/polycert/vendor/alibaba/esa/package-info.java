@NullMarked
package dev.polycert.vendor.alibaba.esa;

import org.jspecify.annotations.NullMarked;
