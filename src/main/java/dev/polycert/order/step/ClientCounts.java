package dev.polycert.order.step;

import dev.polycert.order.ClientRecords;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderState;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the open records of each client. The book knows them. A count reads all orders of the
 * client, so it is made only when the records added since the last count could exceed the bound.
 */
final class ClientCounts {
  /** Enough for all names of a large certificate, each with its wildcard. */
  static final int MOST = 100;

  private static final Duration STAYS_FULL = Duration.ofSeconds(10);
  private static final int PAGE = 200;
  private static final OrderFilter OPEN =
      new OrderFilter(OrderState.PENDING_VALIDATION, ClientRecords.PROVIDER, null, null);

  private final OrderBook book;
  private final Clock clock;
  private final Map<String, Count> byClient = new ConcurrentHashMap<>();

  ClientCounts(OrderBook book, Clock clock) {
    this.book = book;
    this.clock = clock;
  }

  /**
   * What is known of a client.
   *
   * @param atMost the records that it can have by now
   * @param full when a count found as many as it may have; null where none did
   */
  private record Count(int atMost, @Nullable Instant full) {

    boolean known(Instant now) {
      return atMost < MOST || (full != null && now.isBefore(full.plus(STAYS_FULL)));
    }
  }

  /** Whether a client may have one more record, which is counted then. One call at a time. */
  Uni<Boolean> takes(String client) {
    Count last = byClient.get(client);
    return last != null && last.known(clock.instant())
        ? Uni.createFrom().item(takes(client, last))
        : count(client, null, 0)
            .map(open -> new Count(open, open < MOST ? null : clock.instant()))
            .map(counted -> takes(client, counted));
  }

  private boolean takes(String client, Count count) {
    boolean room = count.atMost < MOST;
    byClient.put(client, room ? new Count(count.atMost + 1, null) : count);
    return room;
  }

  /** There may be room again after a removal. */
  void removed(String client) {
    byClient.computeIfPresent(client, (name, count) -> count.atMost >= MOST ? null : count);
  }

  private Uni<Integer> count(String client, @Nullable String cursor, int before) {
    return book.list(OPEN, cursor, PAGE)
        .flatMap(
            page -> {
              int open =
                  before
                      + page.orders().stream()
                          .filter(order -> order.account().equals(client))
                          .map(Order::validations)
                          .mapToInt(records -> records.size())
                          .sum();
              return page.next() == null
                  ? Uni.createFrom().item(open)
                  : count(client, page.next(), open);
            });
  }
}
