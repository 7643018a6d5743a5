/** Alibaba Cloud ESA 2024-09-10, emulated. */
@NullMarked
package dev.polycert.sandbox.alibaba;

import org.jspecify.annotations.NullMarked;
