@NullMarked
package dev.polycert.vendor.aws.route53;

import org.jspecify.annotations.NullMarked;
