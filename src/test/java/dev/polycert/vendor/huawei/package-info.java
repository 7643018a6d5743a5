@NullMarked
package dev.polycert.vendor.huawei;

import org.jspecify.annotations.NullMarked;
