@NullMarked
package dev.polycert.vendor.file;

import org.jspecify.annotations.NullMarked;
