/** Alibaba Cloud DNS (Alidns), API 2015-01-09. */
@NullMarked
package dev.polycert.provider.alibaba.dns;

import org.jspecify.annotations.NullMarked;
