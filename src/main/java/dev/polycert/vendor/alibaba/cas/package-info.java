/** Alibaba Cloud's Certificate Management Service (CAS), the store that its products share. */
@NullMarked
package dev.polycert.vendor.alibaba.cas;

import org.jspecify.annotations.NullMarked;
