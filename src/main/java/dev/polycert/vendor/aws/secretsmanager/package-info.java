/** Delivery to AWS Secrets Manager, API 2017-10-17. */
@NullMarked
package dev.polycert.vendor.aws.secretsmanager;

import org.jspecify.annotations.NullMarked;
