@NullMarked
package dev.polycert.vendor.alibaba.oss;

import org.jspecify.annotations.NullMarked;
