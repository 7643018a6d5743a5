package dev.polycert.order.use;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.order.HistoryEntry;
import dev.polycert.order.Order;
import dev.polycert.order.OrderConfig;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What holds of orders whatever happens. */
final class LifeLaw {

  /** See {@link OrderConfig#deadline}. */
  private static final Duration TIME = Duration.ofHours(72);

  private LifeLaw() {}

  static Map<OrderId, Order> byId(Desk desk) {
    Map<OrderId, Order> orders = new LinkedHashMap<>();
    desk.everything().forEach(order -> orders.put(order.id(), order));
    return orders;
  }

  /** An end is one, and versions only grow. */
  static void follows(Order earlier, Order later) {
    assertThat(later.version()).isGreaterThanOrEqualTo(earlier.version());
    if (earlier.state().ended()) {
      assertThat(later.state()).as("an end stays one: " + earlier).isEqualTo(earlier.state());
    }
    if (later.version() == earlier.version()) {
      assertThat(later).isEqualTo(earlier);
    }
    if (!later.state().ended()) {
      boolean times = later.nextStepAt() != null || later.deadline() != null;
      assertThat(times).as("somebody will look at it: " + later).isTrue();
    }
    if (later.state().open()) {
      assertThat(later.deadline()).as("it has a deadline: " + later).isNotNull();
    }
    if (later.state().open() && later.vendorStatus() == null) {
      assertThat(later.deadline())
          .as("it ends in time, though the vendor never tells of it: " + later)
          .isBeforeOrEqualTo(lastSend(later).plus(TIME));
    }
  }

  /** An order is sent within its time, and in any case once; what was sent is then looked for. */
  private static Instant lastSend(Order order) {
    Instant end = order.createdAt().plus(TIME);
    Instant first = order.placement().appliedAt();
    return first != null && first.isAfter(end) ? first : end;
  }

  /** Nothing touches a certificate that the vendor still has. */
  static void keeps(Order earlier, Order later) {
    if (earlier.state() == OrderState.ISSUED) {
      assertThat(later.state()).as("it is still valid: " + later).isEqualTo(OrderState.ISSUED);
      assertThat(later.reference()).isEqualTo(earlier.reference());
      assertThat(later.certificate()).isEqualTo(earlier.certificate());
    }
  }

  /** They count from one, and at most one of a domain at an account is open. */
  static void generations(Collection<Order> orders) {
    orders.stream()
        .collect(Collectors.groupingBy(order -> order.provider() + "/" + order.domain()))
        .forEach(
            (pair, all) -> {
              assertThat(all.stream().map(Order::generation).sorted())
                  .isEqualTo(IntStream.rangeClosed(1, all.size()).boxed().toList());
              assertThat(all.stream().filter(order -> order.state().open()))
                  .as("open generations of " + pair)
                  .hasSizeLessThanOrEqualTo(1);
            });
  }

  /** Every version has its entry, each of which begins where the one before ended. */
  static void told(Order order, List<HistoryEntry> history) {
    assertThat(history.stream().map(HistoryEntry::version))
        .isEqualTo(LongStream.rangeClosed(1, order.version()).boxed().toList());
    assertThat(history.getLast().to()).isEqualTo(order.state());
    assertThat(history.getFirst().from()).isNull();
    for (int i = 1; i < history.size(); i++) {
      assertThat(history.get(i).from()).isEqualTo(history.get(i - 1).to());
      assertThat(history.get(i).at()).isAfterOrEqualTo(history.get(i - 1).at());
    }
  }
}
