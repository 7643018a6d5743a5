@NullMarked
package dev.polycert.provider.aws.acm;

import org.jspecify.annotations.NullMarked;
