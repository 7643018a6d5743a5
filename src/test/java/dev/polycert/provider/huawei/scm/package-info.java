@NullMarked
package dev.polycert.provider.huawei.scm;

import org.jspecify.annotations.NullMarked;
