/** Delivery to Huawei Cloud WAF, API v1. */
@NullMarked
package dev.polycert.vendor.huawei.waf;

import org.jspecify.annotations.NullMarked;
