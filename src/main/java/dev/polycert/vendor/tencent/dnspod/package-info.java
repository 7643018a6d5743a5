/** DNSPod, the DNS of Tencent Cloud, API 2021-03-23. */
@NullMarked
package dev.polycert.vendor.tencent.dnspod;

import org.jspecify.annotations.NullMarked;
