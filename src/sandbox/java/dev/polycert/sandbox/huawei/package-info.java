/** Huawei Cloud, emulated: SSL Certificate Manager v3 with one operation of v2, and DNS v2. */
@NullMarked
package dev.polycert.sandbox.huawei;

import org.jspecify.annotations.NullMarked;
