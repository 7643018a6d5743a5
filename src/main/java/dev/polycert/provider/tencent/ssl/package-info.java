/** Tencent Cloud SSL certificates, API 2019-12-05. */
@NullMarked
package dev.polycert.provider.tencent.ssl;

import org.jspecify.annotations.NullMarked;
