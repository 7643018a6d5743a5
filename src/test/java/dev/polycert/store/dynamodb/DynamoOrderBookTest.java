package dev.polycert.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.domain.StoreException;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderState;
import dev.polycert.order.Orders;
import dev.polycert.store.SharedOrderBookContractTest;
import dev.polycert.testing.DynamoDbLocal;
import dev.polycert.testing.Resources;
import dev.polycert.testing.StartsProcesses;
import io.smallrye.mutiny.Uni;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

@StartsProcesses
class DynamoOrderBookTest extends SharedOrderBookContractTest {
  @RegisterExtension static final Resources RESOURCES = new Resources();
  private static final DynamoDbAsyncClient CLIENT = RESOURCES.add(DynamoDbLocal.client());
  private String table;

  private record Config(String table, Optional<Duration> historyRetention)
      implements DynamoConfig {}

  @Override
  protected OrderBook emptyBook() {
    table = TestTable.create(CLIENT);
    return book(Optional.empty());
  }

  private OrderBook book(Optional<Duration> historyRetention) {
    return new DynamoOrderBook(CLIENT, new Config(table, historyRetention), new SecureRandom());
  }

  @Test
  void aTableThatIsNotThereIsNamedWithItsSetting() {
    table = "none";
    OrderBook book = book(Optional.empty());
    Order order = Orders.requested("p", "a.example.com");

    for (Uni<?> call :
        List.of(
            book.claim(order, ""),
            book.find(order.id()),
            book.latest(order.domain()),
            book.transition(order.recordedAt(Orders.T0), "moved", null))) {
      assertThatThrownBy(() -> get(call))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("ResourceNotFoundException")
          .hasMessageContaining("POLYCERT_DYNAMODB_TABLE");
    }
  }

  @Test
  void anAccountWhoseNameBeginsLikeAnotherIsAnother() {
    OrderBook book = emptyBook();
    get(book.claim(Orders.requested("p", "main#1", "a.example.com", 7, Orders.T0), ""));
    Order order = Orders.requested("p", "main", "a.example.com", 1, Orders.T0);
    get(book.claim(order, ""));

    assertThat(get(book.latest("p", "main", order.domain()))).contains(order);
    assertThat(get(book.latest(order.domain()))).hasSize(2);
  }

  @Test
  void theHistoryOfAnEndedOrderMayBeDeletedAfterItsRetention() {
    emptyBook();
    OrderBook book = book(Optional.of(Duration.ofDays(400)));
    Order order = Orders.requested("p", "a.example.com");
    get(book.claim(order, "requested"));
    order = get(book.transition(order.recordedAt(Orders.T0), "moved", null));
    assertThat(ends(order)).containsOnlyNulls();

    Order ended = order.with(OrderState.CANCELLED).recordedAt(Orders.T0.plusSeconds(60));
    get(book.transition(ended, "cancelled", null));

    String at = "" + Orders.T0.plusSeconds(60).plus(Duration.ofDays(400)).getEpochSecond();
    assertThat(ends(ended)).containsExactly(null, at, at, at);
    assertThat(get(book.history(order.id()))).hasSize(3);
  }

  /** The TTLs of everything that is kept of an order: its history, and first the order itself. */
  private List<@Nullable String> ends(Order order) {
    return CLIENT
        .query(
            query ->
                query
                    .tableName(table)
                    .keyConditionExpression("pk = :pk")
                    .expressionAttributeValues(Map.of(":pk", Keys.text(Keys.partition(order.id()))))
                    .scanIndexForward(true))
        .join()
        .items()
        .stream()
        .sorted(Comparator.comparing(item -> item.get("sk").s().startsWith("history")))
        .map(item -> item.containsKey("ttl") ? item.get("ttl").n() : null)
        .toList();
  }
}
