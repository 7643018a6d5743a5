package dev.polycert.order.use;

import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.step.Renewer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * The sweep behind {@code renew}: renewals, orders past a deadline, {@code UNCERTAIN} ones, and all
 * others whose next step has come. When there are none it costs one query.
 */
@ApplicationScoped
public class Renew {
  /** As many as one invocation can do something about; the rest is still due at the next. */
  static final int MAX = 1000;

  private final OrderBook book;
  private final Renewer renewer;
  private final FanOut fanOut;
  private final Clock clock;

  Renew(OrderBook book, Renewer renewer, FanOut fanOut, Clock clock) {
    this.book = book;
    this.renewer = renewer;
    this.fanOut = fanOut;
    this.clock = clock;
  }

  /**
   * Takes the next step of every order whose time has come, as many as the deadline allows.
   *
   * @return the orders afterwards, the longest overdue first; for one that is renewed now, the
   *     order that renews it
   */
  public Uni<List<Order>> due(Instant deadline) {
    return book.due(clock.instant(), MAX)
        .flatMap(
            orders ->
                fanOut.run(
                    orders, Order::provider, order -> step(order, deadline), Order::withError));
  }

  /** Without time left nothing is recorded, so that the order is due at the next sweep as well. */
  private Uni<Order> step(Order order, Instant deadline) {
    return clock.instant().isBefore(deadline)
        ? renewer.advance(order, deadline)
        : Uni.createFrom().item(order);
  }
}
