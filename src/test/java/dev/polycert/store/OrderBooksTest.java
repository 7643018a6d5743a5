package dev.polycert.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.Orders;
import dev.polycert.postgresql.Database;
import dev.polycert.rate.TokenBucket;
import dev.polycert.store.embedded.TestStoreConfig;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

@QuarkusTest
class OrderBooksTest {
  @Inject OrderBook book;
  @Inject TokenBucket bucket;
  @Inject StoreConfig config;
  @Inject Clock clock;
  @Inject @Any Instance<OrderBook> books;

  @Test
  void theEmbeddedBookIsTheDefaultAndKeepsItsFileWhereItIsTold() {
    Order order = Orders.requested("tencent-ssl", UUID.randomUUID() + ".example.com");

    assertThat(book.claim(order, "requested").await().indefinitely().won()).isTrue();
    assertThat(book.find(order.id()).await().indefinitely()).contains(order);
    assertThat(config.kind()).isEqualTo("embedded");
    assertThat(config.path()).exists();
  }

  @Test
  void nothingOfAwsNorOfPostgresqlIsOpenedByDefault() {
    Instant deadline = clock.instant().plusSeconds(20);
    book.find(Orders.full().id()).await().indefinitely();
    assertThat(bucket.take("key", 10, deadline).await().indefinitely()).isEmpty();

    assertThat(
            Arc.container()
                .getActiveContext(ApplicationScoped.class)
                .getState()
                .getContextualInstances()
                .keySet())
        .isNotEmpty()
        .noneMatch(bean -> bean.getTypes().contains(DynamoDbAsyncClient.class))
        .noneMatch(bean -> bean.getTypes().contains(Database.class));
  }

  @Test
  void aKindThatThereIsNotIsNamed() {
    StoreConfig wrong = new TestStoreConfig("embeded", Path.of("unused"), true, Optional.empty());

    assertThatThrownBy(() -> new OrderBooks().orderBook(wrong, books))
        .hasMessageContaining("polycert.store.kind")
        .hasMessageContaining("\"embeded\"")
        .hasMessageContaining("\"embedded\"")
        .hasMessageContaining("\"postgresql\"");
  }
}
