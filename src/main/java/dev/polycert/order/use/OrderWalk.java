package dev.polycert.order.use;

import dev.polycert.order.Cursor;
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
    Walk walk = new Walk(caller, filter, cursor, most, deadline, each);
    return go(walk, new End(0, cursor)).map(walk::end);
  }

  private Uni<End> go(Walk walk, End sofar) {
    int left = walk.most - sofar.orders;
    return Uni.createFrom()
        .deferred(
            () -> book.list(walk.filter, sofar.next, left > 0 ? Math.min(STRETCH, left) : STRETCH))
        .flatMap(
            page -> {
              page.orders().forEach(walk::add);
              End end = new End(sofar.orders + page.orders().size(), page.next());
              boolean done = walk.reached(end) || !clock.instant().isBefore(walk.deadline);
              return done ? Uni.createFrom().item(end) : go(walk, end);
            });
  }

  /** One walk, with the last order that the caller was given. */
  private static final class Walk {
    private final Principal caller;
    private final OrderFilter filter;
    private final @Nullable String cursor;
    private final int most;
    private final Instant deadline;
    private final Consumer<Order> each;
    private @Nullable Order last;

    Walk(
        Principal caller,
        OrderFilter filter,
        @Nullable String cursor,
        int most,
        Instant deadline,
        Consumer<Order> each) {
      this.caller = caller;
      this.filter = filter;
      this.cursor = cursor;
      this.most = most;
      this.deadline = deadline;
      this.each = each;
    }

    void add(Order order) {
      if (!caller.limited() || caller.owns(order)) {
        each.accept(order);
        last = order;
      }
    }

    /** A limited caller that was given nothing goes on at a time, so it has to be another one. */
    boolean reached(End end) {
      if (end.next == null) {
        return true;
      }
      boolean stays = caller.limited() && last == null && Cursor.sameTime(cursor, end.next);
      return end.orders >= most && !stays;
    }

    End end(End end) {
      return end.next == null || !caller.limited()
          ? end
          : new End(end.orders, Cursor.limited(end.next, last));
    }
  }
}
