@NullMarked
package dev.polycert.provider.alibaba.esa;

import org.jspecify.annotations.NullMarked;
