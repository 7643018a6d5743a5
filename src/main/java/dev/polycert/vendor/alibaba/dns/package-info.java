/** Alibaba Cloud DNS (Alidns), API 2015-01-09. */
@NullMarked
package dev.polycert.vendor.alibaba.dns;

import org.jspecify.annotations.NullMarked;
