/** Huawei Cloud DNS, public zones, API v2. */
@NullMarked
package dev.polycert.vendor.huawei.dns;

import org.jspecify.annotations.NullMarked;
