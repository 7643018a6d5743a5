/** Delivery to directories of the machine that Polycert runs on. */
@NullMarked
package dev.polycert.vendor.file;

import org.jspecify.annotations.NullMarked;
