/**
 * Reads requests: strict JSON, its members, and the parts that several functions share. Collects
 * everything that is wrong with a request, so that one answer names it all. Knows no function.
 */
@NullMarked
package dev.polycert.function.read;

import org.jspecify.annotations.NullMarked;
