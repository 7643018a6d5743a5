/** Domain names of buckets of Alibaba Cloud's Object Storage Service (OSS). */
@NullMarked
package dev.polycert.vendor.alibaba.oss;

import org.jspecify.annotations.NullMarked;
