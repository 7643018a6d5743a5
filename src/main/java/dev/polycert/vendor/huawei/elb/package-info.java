/** Delivery to Huawei Cloud ELB, API v3. */
@NullMarked
package dev.polycert.vendor.huawei.elb;

import org.jspecify.annotations.NullMarked;
