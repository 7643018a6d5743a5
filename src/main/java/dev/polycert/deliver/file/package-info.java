/** Delivery to directories of the machine that Polycert runs on. */
@NullMarked
package dev.polycert.deliver.file;

import org.jspecify.annotations.NullMarked;
