/** Huawei Cloud: the SDK-HMAC-SHA256 signature and the envelope that all its APIs share. */
@NullMarked
package dev.polycert.vendor.huawei;

import org.jspecify.annotations.NullMarked;
