/** Tencent Cloud, emulated: SSL (2019-12-05), EdgeOne (2022-09-01) and DNSPod (2021-03-23). */
@NullMarked
package dev.polycert.sandbox.tencent;

import org.jspecify.annotations.NullMarked;
