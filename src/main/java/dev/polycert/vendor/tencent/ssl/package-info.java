/** Tencent Cloud SSL certificates, API 2019-12-05. */
@NullMarked
package dev.polycert.vendor.tencent.ssl;

import org.jspecify.annotations.NullMarked;
