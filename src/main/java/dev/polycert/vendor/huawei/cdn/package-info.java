/** Delivery to Huawei Cloud CDN, API v1.0 and v1.1. */
@NullMarked
package dev.polycert.vendor.huawei.cdn;

import org.jspecify.annotations.NullMarked;
