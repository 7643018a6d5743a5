/** Alibaba Cloud, emulated: ESA (2024-09-10) and Alidns (2015-01-09). */
@NullMarked
package dev.polycert.sandbox.alibaba;

import org.jspecify.annotations.NullMarked;
