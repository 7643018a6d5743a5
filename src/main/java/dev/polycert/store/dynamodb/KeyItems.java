package dev.polycert.store.dynamodb;

import dev.polycert.order.ApiKey;
import dev.polycert.order.KeyRecord;
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

/** The keys, those of a kind in one partition: they are few. */
final class KeyItems {
  private final DynamoDbAsyncClient client;
  private final String table;
  private final Reading reading;
  private final OrderJson json = new OrderJson();

  KeyItems(DynamoDbAsyncClient client, String table, Reading reading) {
    this.client = client;
    this.table = table;
    this.reading = reading;
  }

  Uni<Void> put(KeyRecord key) {
    Map<String, AttributeValue> item = new HashMap<>(place(key.getClass(), key.id()));
    item.put(TableSchema.JSON, Keys.text(new String(json.write(key), StandardCharsets.UTF_8)));
    return DynamoCalls.of(() -> client.putItem(put -> put.tableName(table).item(item)))
        .replaceWithVoid();
  }

  <K extends KeyRecord> Uni<Optional<K>> find(Class<K> kind, String id) {
    return DynamoCalls.of(
            () ->
                client.getItem(
                    get -> get.tableName(table).key(place(kind, id)).consistentRead(true)))
        .map(got -> got.hasItem() ? Optional.of(read(got.item(), kind)) : Optional.empty());
  }

  <K extends KeyRecord> Uni<List<K>> all(Class<K> kind) {
    return reading
        .query(
            QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(Map.of(":pk", Keys.text(partition(kind))))
                .build())
        .map(
            items ->
                items.stream()
                    .map(item -> read(item, kind))
                    .sorted(Comparator.comparing(KeyRecord::createdAt).thenComparing(KeyRecord::id))
                    .toList());
  }

  private static Map<String, AttributeValue> place(Class<? extends KeyRecord> kind, String id) {
    return Keys.keyRecord(partition(kind), id);
  }

  private static String partition(Class<? extends KeyRecord> kind) {
    return kind == ApiKey.class ? Keys.API_KEYS : Keys.PULL_KEYS;
  }

  private <K extends KeyRecord> K read(Map<String, AttributeValue> item, Class<K> kind) {
    String text = Items.text(item, TableSchema.JSON);
    return json.key(text.getBytes(StandardCharsets.UTF_8), kind);
  }
}
