@NullMarked
package dev.polycert.vendor.exec;

import org.jspecify.annotations.NullMarked;
