@NullMarked
package dev.polycert.provider.aws;

import org.jspecify.annotations.NullMarked;
