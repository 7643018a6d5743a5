/** Huawei Cloud SSL Certificate Manager v3, and the v2 operation of its predecessor, emulated. */
@NullMarked
package dev.polycert.sandbox.huawei;

import org.jspecify.annotations.NullMarked;
