package dev.polycert.store.dynamodb;

import static dev.polycert.order.Orders.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderState;
import dev.polycert.order.Orders;
import dev.polycert.testing.DynamoDbLocal;
import dev.polycert.testing.Resources;
import dev.polycert.testing.StartsProcesses;
import io.smallrye.mutiny.Uni;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** What {@link DynamoOrderBook} says that each step costs. */
@StartsProcesses
class CostTest {
  @RegisterExtension final Resources resources = new Resources();
  private final RequestLog log = new RequestLog();
  private final DynamoDbAsyncClient client =
      resources.add(DynamoDbLocal.client(DynamoDbLocal.endpoint(), log));
  private OrderBook book;
  private Order order;

  private record Config(String table, Optional<Duration> historyRetention)
      implements DynamoConfig {}

  @BeforeEach
  void claimOne() {
    Config config = new Config(TestTable.create(client), Optional.empty());
    book = new DynamoOrderBook(client, config, new SecureRandom());
    order = Orders.requested("p", "a.example.com");
    assertThat(cost(book.claim(order, "requested"))).endsWith("write 3").hasSize(2);
  }

  private List<String> cost(Uni<?> step) {
    step.await().atMost(Duration.ofSeconds(30));
    return log.take();
  }

  @Test
  void aTransitionIsOneRequestThatReadsNothing() {
    Order next = order.with(OrderState.APPLYING).withNextStepAt(T0).recordedAt(T0);

    assertThat(cost(book.transition(next, "sent", null))).containsExactly("write 2");
  }

  @Test
  void aLostClaimReadsTheOrder() {
    assertThat(cost(book.claim(order, "again"))).containsExactly("write 3", "read 1");
  }

  @Test
  void readsByKey() {
    assertThat(cost(book.find(order.id()))).containsExactly("read 1");
    assertThat(cost(book.history(order.id()))).containsExactly("query");
    assertThat(cost(book.latest("p", "main", order.domain()))).containsExactly("query", "read 1");
    assertThat(cost(book.latest("p", "other", order.domain()))).containsExactly("query");
    assertThat(cost(book.latest(order.domain()))).containsExactly("query", "read 1");
  }

  @Test
  void aReservationIsOneWriteUnlessAnotherHasIt() {
    assertThat(cost(book.reserve("r", order.id()))).containsExactly("write 1");
    assertThat(cost(book.reserve("r", order.id()))).containsExactly("write 1");
    assertThat(cost(book.reserve("r", Orders.full().id()))).containsExactly("write 1", "read 1");
  }

  @Test
  void aSweepThatFindsNothingIsOneRequest() {
    assertThat(cost(book.due(T0, 1000))).containsExactly("statement");
  }

  @Test
  void whatIsDueIsAskedOfEveryShardAndRead() {
    cost(book.transition(order.withNextStepAt(T0).recordedAt(T0), "waits", null));

    List<String> costs = cost(book.due(T0, 1000));

    assertThat(costs).startsWith("statement").endsWith("read 1");
    assertThat(costs.subList(1, costs.size() - 1))
        .isEqualTo(Collections.nCopies(TableSchema.SHARDS, "query due"));
  }

  @Test
  void aPageAsksEveryShardOnceAndReadsItsOrders() {
    List<String> shards = Collections.nCopies(TableSchema.SHARDS, "query created");

    assertThat(cost(book.list(OrderFilter.all(), null, 50)))
        .startsWith(shards.toArray(String[]::new))
        .endsWith("read 1")
        .hasSize(TableSchema.SHARDS + 1);
  }
}
