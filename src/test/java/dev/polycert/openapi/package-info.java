/** Writes the description of the API, and compares answers with it. */
@NullMarked
package dev.polycert.openapi;

import org.jspecify.annotations.NullMarked;
