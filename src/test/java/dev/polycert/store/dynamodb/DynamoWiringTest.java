package dev.polycert.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.Orders;
import dev.polycert.rate.TokenBucket;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The application as a deployment on AWS configures it. */
@QuarkusTest
@WithTestResource(DynamoDbTestResource.class)
class DynamoWiringTest {
  @Inject OrderBook book;
  @Inject TokenBucket bucket;
  @Inject DynamoConfig config;
  @Inject DynamoDbAsyncClient client;
  @Inject Clock clock;

  @Test
  void ordersAndTokensAreInTheTable() {
    Order order = Orders.requested("p", "a.example.com");
    assertThat(book.claim(order, "requested").await().indefinitely().won()).isTrue();
    assertThat(bucket.take("k", 10, clock.instant().plusSeconds(20)).await().indefinitely())
        .isEmpty();

    assertThat(item(Keys.order(order.id()))).containsKey("json");
    assertThat(item(Map.of("pk", Keys.text("rate#k"), "sk", Keys.text("rate"))))
        .containsKey("next");
  }

  private Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
    return client.getItem(get -> get.tableName(config.table()).key(key)).join().item();
  }
}
