/** Tencent Cloud emulated: SSL certificates (2019-12-05) and EdgeOne (2022-09-01). */
@NullMarked
package dev.polycert.sandbox.tencent;

import org.jspecify.annotations.NullMarked;
