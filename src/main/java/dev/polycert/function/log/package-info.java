/** The log as CloudWatch wants it. */
@NullMarked
package dev.polycert.function.log;

import org.jspecify.annotations.NullMarked;
