package dev.polycert.order.use;

import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.Principal;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all orders that match a filter, in the order of their creation, in stretches of a
 * bounded size: no more than one stretch is in memory at a time, and no statement holds up others
 * for long. A walk ends after so many orders, or at its deadline.
 */
final class OrderWalk {
  private static final int STRETCH = 500;

  private final OrderBook book;
  private final Clock clock;

  OrderWalk(OrderBook book, Clock clock) {
    this.book = book;
    this.clock = clock;
  }

  /**
   * Where a walk ended.
   *
   * @param orders how many orders it has looked at
   * @param next the cursor to go on from; null when no order follows
   */
  record End(int orders, @Nullable String next) {}

  /**
   * Walks.
   *
   * @param caller the caller, which gets only its own orders if it is limited
   * @param cursor where the walk before ended; null for the beginning
   * @param most the most orders to look at
   * @param each gets every such order, one after the other
   * @throws IllegalArgumentException as the failure, when the text is no cursor
   */
  Uni<End> walk(
      Principal caller,
      OrderFilter filter,
      @Nullable String cursor,
      int most,
      Instant deadline,
      Consumer<Order> each) {
    Consumer<Order> own =
        order -> {
          if (!caller.limited() || caller.owns(order)) {
            each.accept(order);
          }
        };
    return go(filter, new End(0, cursor), most, deadline, own);
  }

  private Uni<End> go(
      OrderFilter filter, End sofar, int most, Instant deadline, Consumer<Order> each) {
    return Uni.createFrom()
        .deferred(() -> book.list(filter, sofar.next, Math.min(STRETCH, most - sofar.orders)))
        .flatMap(
            page -> {
              page.orders().forEach(each);
              End end = new End(sofar.orders + page.orders().size(), page.next());
              boolean done =
                  end.next == null || end.orders >= most || !clock.instant().isBefore(deadline);
              return done ? Uni.createFrom().item(end) : go(filter, end, most, deadline, each);
            });
  }
}
