/** Any DNS service that a program of the operator's can write. */
@NullMarked
package dev.polycert.vendor.exec;

import org.jspecify.annotations.NullMarked;
