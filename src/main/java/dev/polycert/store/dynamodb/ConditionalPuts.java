package dev.polycert.store.dynamodb;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** Writes single items under conditions about the item that is there. */
final class ConditionalPuts {
  static final String NOT_THERE = "attribute_not_exists(pk)";

  private final DynamoDbAsyncClient client;
  private final String table;

  ConditionalPuts(DynamoDbAsyncClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /**
   * Puts an item in unless one is there.
   *
   * @return the item that is there; empty when this one is now
   */
  Uni<Optional<Map<String, AttributeValue>>> put(Map<String, AttributeValue> item) {
    return put(item, put -> put.conditionExpression(NOT_THERE));
  }

  /**
   * Puts an item in unless one is there; replaces that one if the comparison holds for it.
   *
   * @param attribute of the item that is there
   * @param operator such as {@code =}
   * @return the item that is there; empty when this one is now
   */
  Uni<Optional<Map<String, AttributeValue>>> put(
      Map<String, AttributeValue> item, String attribute, String operator, String value) {
    return put(
        item,
        put ->
            put.conditionExpression(NOT_THERE + " OR #it " + operator + " :it")
                .expressionAttributeNames(Map.of("#it", attribute))
                .expressionAttributeValues(Map.of(":it", Keys.text(value))));
  }

  private Uni<Optional<Map<String, AttributeValue>>> put(
      Map<String, AttributeValue> item, UnaryOperator<PutItemRequest.Builder> condition) {
    PutItemRequest request =
        condition
            .apply(PutItemRequest.builder().tableName(table).item(item))
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    return DynamoCalls.of(() -> client.putItem(request))
        .map(put -> Optional.<Map<String, AttributeValue>>empty())
        .onFailure(ConditionalCheckFailedException.class)
        .recoverWithItem(there -> Optional.of(there.item()));
  }
}
