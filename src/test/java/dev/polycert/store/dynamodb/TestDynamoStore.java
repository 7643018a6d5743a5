package dev.polycert.store.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.order.OrderBook;
import dev.polycert.store.Portable;
import dev.polycert.vault.VaultStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The order book and the vault in a table of given items. */
public final class TestDynamoStore {
  /** As many as BatchWriteItem takes. */
  private static final int BATCH = 25;

  private final DynamoDbAsyncClient client;
  private final String table;

  private TestDynamoStore(DynamoDbAsyncClient client, String table) {
    this.client = client;
    this.table = table;
  }

  private record Config(String table, Optional<Duration> historyRetention)
      implements DynamoConfig {}

  /**
   * Makes a table of these items.
   *
   * @param items in DynamoDB's own JSON
   */
  public static TestDynamoStore load(DynamoDbAsyncClient client, JsonNode items) {
    String table = TestTable.create(client);
    List<WriteRequest> writes = new ArrayList<>();
    items.forEach(
        item -> writes.add(WriteRequest.builder().putRequest(put -> put.item(of(item))).build()));
    for (int from = 0; from < writes.size(); from += BATCH) {
      List<WriteRequest> batch = writes.subList(from, Math.min(from + BATCH, writes.size()));
      client.batchWriteItem(write -> write.requestItems(Map.of(table, batch))).join();
    }
    return new TestDynamoStore(client, table);
  }

  private static Map<String, AttributeValue> of(JsonNode item) {
    Map<String, AttributeValue> attributes = new HashMap<>();
    item.properties().forEach(entry -> attributes.put(entry.getKey(), value(entry.getValue())));
    return attributes;
  }

  private static AttributeValue value(JsonNode typed) {
    Map.Entry<String, JsonNode> value = typed.properties().iterator().next();
    return switch (value.getKey()) {
      case "S" -> AttributeValue.fromS(value.getValue().textValue());
      case "N" -> AttributeValue.fromN(value.getValue().textValue());
      case "B" -> AttributeValue.fromB(SdkBytes.fromByteArray(bytes(value.getValue())));
      default -> throw new IllegalArgumentException("a value of the type " + value.getKey());
    };
  }

  private static byte[] bytes(JsonNode base64) {
    try {
      return base64.binaryValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String table() {
    return table;
  }

  public OrderBook book() {
    return new DynamoOrderBook(client, new Config(table, Optional.empty()), new SecureRandom());
  }

  public VaultStore vault() {
    return new DynamoVault(client, new Config(table, Optional.empty()));
  }

  /** The whole of it. */
  public Portable portable(Clock clock) {
    return new DynamoPortable(client, new Config(table, Optional.empty()), clock);
  }
}
