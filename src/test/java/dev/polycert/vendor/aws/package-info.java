@NullMarked
package dev.polycert.vendor.aws;

import org.jspecify.annotations.NullMarked;
