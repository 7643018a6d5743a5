/**
 * Recognises what invoked a function, and answers in the form that the sender expects: API Gateway,
 * EventBridge, CloudEvents, queues, plain JSON. Knows no function.
 */
@NullMarked
package dev.polycert.function.invocation;

import org.jspecify.annotations.NullMarked;
