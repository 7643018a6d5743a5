/** Amazon Route 53, API 2013-04-01. */
@NullMarked
package dev.polycert.vendor.aws.route53;

import org.jspecify.annotations.NullMarked;
