/** Free certificates of Tencent EdgeOne, API 2022-09-01. */
@NullMarked
package dev.polycert.vendor.tencent.edgeone;

import org.jspecify.annotations.NullMarked;
