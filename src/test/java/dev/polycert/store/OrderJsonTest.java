package dev.polycert.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.order.HistoryEntry;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.Orders;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OrderJsonTest {
  private final OrderJson json = new OrderJson();

  @Test
  void everyMemberOfAnOrderComesBack() {
    Order order = Orders.full();

    assertThat(order).hasNoNullFieldsOrProperties();
    assertThat(json.read(json.write(order), Order.class)).isEqualTo(order);
  }

  @Test
  void whatIsNotSetStaysUnset() {
    Order order = Orders.requested("huawei-scm", "a.example.com");

    assertThat(json.read(json.write(order), Order.class)).isEqualTo(order);
  }

  @Test
  void anEntryOfTheHistoryComesBack() {
    HistoryEntry first =
        new HistoryEntry(1, Orders.T0.plusNanos(7), null, OrderState.REQUESTED, "requested", null);
    HistoryEntry second =
        new HistoryEntry(2, Orders.T0, OrderState.REQUESTED, OrderState.APPLYING, "sent", "req-1");

    assertThat(json.read(json.write(first), HistoryEntry.class)).isEqualTo(first);
    assertThat(json.read(json.write(second), HistoryEntry.class)).isEqualTo(second);
  }

  @Test
  void timesAreKeptAsTextThatAPersonCanRead() {
    assertThat(new String(json.write(Orders.full()), StandardCharsets.UTF_8))
        .contains("\"createdAt\":\"2026-11-21T09:59:00Z\"")
        .contains("\"retryAfter\":\"PT1.5S\"");
  }

  @Test
  void aMemberOfANewerVersionIsPassedOver() {
    Order order = Orders.requested("huawei-scm", "a.example.com");
    String newer =
        new String(json.write(order), StandardCharsets.UTF_8)
            .replaceFirst("\\{", "{\"fromTheFuture\":[1],");

    assertThat(json.read(newer.getBytes(StandardCharsets.UTF_8), Order.class)).isEqualTo(order);
  }

  @Test
  void listsThatAnOlderVersionDidNotWriteAreEmpty() {
    Order order = Orders.requested("huawei-scm", "a.example.com");
    String older =
        new String(json.write(order), StandardCharsets.UTF_8)
            .replace(",\"publications\":[]", "")
            .replace(",\"deliveries\":[]", "")
            .replace(",\"deliver\":[]", "");

    assertThat(older).doesNotContain("deliver", "publications");
    assertThat(json.read(older.getBytes(StandardCharsets.UTF_8), Order.class)).isEqualTo(order);
  }
}
