@NullMarked
package dev.polycert.vendor.alibaba.cas;

import org.jspecify.annotations.NullMarked;
