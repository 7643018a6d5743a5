/**
 * Measures our apply beside the vendor's own SDK, and keeps the targets of all benches. {@code
 * ./mvnw verify -Pbench} runs all, {@code -Dit.test=ApplyBench} one; the table at the end is in
 * target/figures.txt too.
 */
@NullMarked
package dev.polycert.whole.bench;

import org.jspecify.annotations.NullMarked;
