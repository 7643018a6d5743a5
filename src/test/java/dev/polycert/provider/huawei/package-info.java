@NullMarked
package dev.polycert.provider.huawei;

import org.jspecify.annotations.NullMarked;
