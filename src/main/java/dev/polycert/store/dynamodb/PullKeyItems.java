package dev.polycert.store.dynamodb;

import dev.polycert.order.PullKey;
import dev.polycert.store.OrderJson;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** The pull keys, in one partition: they are few. */
final class PullKeyItems {
  private final DynamoDbAsyncClient client;
  private final String table;
  private final Reading reading;
  private final OrderJson json = new OrderJson();

  PullKeyItems(DynamoDbAsyncClient client, String table, Reading reading) {
    this.client = client;
    this.table = table;
    this.reading = reading;
  }

  Uni<Void> put(PullKey key) {
    Map<String, AttributeValue> item = new HashMap<>(Keys.pullKey(key.id()));
    item.put(TableSchema.JSON, Keys.text(new String(json.write(key), StandardCharsets.UTF_8)));
    return Uni.createFrom()
        .completionStage(() -> client.putItem(put -> put.tableName(table).item(item)))
        .replaceWithVoid();
  }

  Uni<Optional<PullKey>> find(String id) {
    return Uni.createFrom()
        .completionStage(
            () ->
                client.getItem(
                    get -> get.tableName(table).key(Keys.pullKey(id)).consistentRead(true)))
        .map(got -> got.hasItem() ? Optional.of(read(got.item())) : Optional.empty());
  }

  Uni<List<PullKey>> all() {
    return reading
        .query(
            QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(Map.of(":pk", Keys.text(Keys.PULL_KEYS)))
                .build())
        .map(
            items ->
                items.stream()
                    .map(this::read)
                    .sorted(Comparator.comparing(PullKey::createdAt).thenComparing(PullKey::id))
                    .toList());
  }

  Uni<Boolean> remove(String id) {
    return Uni.createFrom()
        .completionStage(
            () ->
                client.deleteItem(
                    delete ->
                        delete
                            .tableName(table)
                            .key(Keys.pullKey(id))
                            .returnValues(ReturnValue.ALL_OLD)))
        .map(deleted -> deleted.hasAttributes());
  }

  private PullKey read(Map<String, AttributeValue> item) {
    String text = Items.text(item, TableSchema.JSON);
    return json.read(text.getBytes(StandardCharsets.UTF_8), PullKey.class);
  }
}
