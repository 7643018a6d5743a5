@NullMarked
package dev.polycert.vendor.volcengine;

import org.jspecify.annotations.NullMarked;
