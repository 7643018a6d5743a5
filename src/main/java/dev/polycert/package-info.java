/** Polycert: one API to apply for, validate and renew TLS certificates at many services. */
@NullMarked
package dev.polycert;

import org.jspecify.annotations.NullMarked;
