@NullMarked
package dev.polycert.provider.alibaba;

import org.jspecify.annotations.NullMarked;
