@NullMarked
package dev.polycert.vendor.aws.acmrequest;

import org.jspecify.annotations.NullMarked;
