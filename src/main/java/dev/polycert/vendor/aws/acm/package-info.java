/** Delivery to AWS Certificate Manager, API 2015-12-08. */
@NullMarked
package dev.polycert.vendor.aws.acm;

import org.jspecify.annotations.NullMarked;
