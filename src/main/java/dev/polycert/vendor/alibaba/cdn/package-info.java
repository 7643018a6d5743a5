/** Domain names that Alibaba Cloud CDN and DCDN accelerate. */
@NullMarked
package dev.polycert.vendor.alibaba.cdn;

import org.jspecify.annotations.NullMarked;
