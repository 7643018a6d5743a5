/**
 * The doors: one operation a class, each a Lambda function and a route, with its request and its
 * answer. Adding an operation adds a class here and touches nothing else.
 */
@NullMarked
package dev.polycert.function;

import org.jspecify.annotations.NullMarked;
