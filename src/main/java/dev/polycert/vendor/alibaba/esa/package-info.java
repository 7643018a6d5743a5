/** Alibaba Cloud ESA (API 2024-09-10): free certificates of sites on the edge network. */
@NullMarked
package dev.polycert.vendor.alibaba.esa;

import org.jspecify.annotations.NullMarked;
