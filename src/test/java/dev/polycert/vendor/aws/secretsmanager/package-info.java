@NullMarked
package dev.polycert.vendor.aws.secretsmanager;

import org.jspecify.annotations.NullMarked;
