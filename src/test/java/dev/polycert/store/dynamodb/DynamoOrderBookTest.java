package dev.polycert.store.dynamodb;

import dev.polycert.DynamoDbLocal;
import dev.polycert.order.OrderBook;
import dev.polycert.store.OrderBookContractTest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

class DynamoOrderBookTest extends OrderBookContractTest {
  private static DynamoDbAsyncClient client;
  private String table;

  @BeforeAll
  static void connect() {
    client = DynamoDbLocal.client();
  }

  @AfterAll
  static void disconnect() {
    client.close();
  }

  private record Config(String table, Optional<Duration> historyRetention)
      implements DynamoConfig {}

  @Override
  protected OrderBook emptyBook() {
    table = TestTable.create(client);
    return book(Optional.empty());
  }

  private OrderBook book(Optional<Duration> historyRetention) {
    return new DynamoOrderBook(client, new Config(table, historyRetention), new SecureRandom());
  }
}
