/** Alibaba Cloud: the ACS3 signature and the envelope that all its "RPC style" APIs share. */
@NullMarked
package dev.polycert.vendor.alibaba;

import org.jspecify.annotations.NullMarked;
