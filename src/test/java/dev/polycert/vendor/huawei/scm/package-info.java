@NullMarked
package dev.polycert.vendor.huawei.scm;

import org.jspecify.annotations.NullMarked;
