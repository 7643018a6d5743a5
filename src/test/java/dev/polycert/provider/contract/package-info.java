/** The contract that every provider keeps, seen from outside: over HTTP, against the sandbox. */
@NullMarked
package dev.polycert.provider.contract;

import org.jspecify.annotations.NullMarked;
