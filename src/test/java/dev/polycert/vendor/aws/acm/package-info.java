@NullMarked
package dev.polycert.vendor.aws.acm;

import org.jspecify.annotations.NullMarked;
