/** Delivery to AWS Certificate Manager, API 2015-12-08. */
@NullMarked
package dev.polycert.provider.aws.acm;

import org.jspecify.annotations.NullMarked;
