/** Public certificates of AWS Certificate Manager, API 2015-12-08. */
@NullMarked
package dev.polycert.vendor.aws.acmrequest;

import org.jspecify.annotations.NullMarked;
