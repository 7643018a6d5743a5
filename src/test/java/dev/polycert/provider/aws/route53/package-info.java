@NullMarked
package dev.polycert.provider.aws.route53;

import org.jspecify.annotations.NullMarked;
