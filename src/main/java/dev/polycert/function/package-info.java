/**
 * The doors: one function a class, on Lambda and as a route of the HTTP server, with its request
 * and its answer nested in it. Adding a function adds a class here and touches nothing else.
 */
@NullMarked
package dev.polycert.function;

import org.jspecify.annotations.NullMarked;
