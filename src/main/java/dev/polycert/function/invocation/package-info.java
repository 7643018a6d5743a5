/**
 * What came in and how to answer it: API Gateway, EventBridge, CloudEvents, queues, plain JSON.
 * Knows no operation.
 */
@NullMarked
package dev.polycert.function.invocation;

import org.jspecify.annotations.NullMarked;
