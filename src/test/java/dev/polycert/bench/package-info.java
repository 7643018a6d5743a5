/** Measures our apply beside the vendor's own SDK. Run by {@code ./mvnw verify -Pbench}. */
@NullMarked
package dev.polycert.bench;

import org.jspecify.annotations.NullMarked;
