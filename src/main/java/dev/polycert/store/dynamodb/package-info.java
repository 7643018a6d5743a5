/** The order book in one DynamoDB table, shared by all instances. */
@NullMarked
package dev.polycert.store.dynamodb;

import org.jspecify.annotations.NullMarked;
