/** Tencent Cloud's API 3.0, which its products share: TC3 signing, the client, the envelope. */
@NullMarked
package dev.polycert.vendor.tencent;

import org.jspecify.annotations.NullMarked;
