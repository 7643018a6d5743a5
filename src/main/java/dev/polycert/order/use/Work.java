package dev.polycert.order.use;

import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderException;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.step.Steps;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/**
 * Sends the orders that {@code apply} has recorded and had no time to send: the use case behind
 * {@code work}.
 */
@ApplicationScoped
public class Work {
  private final OrderBook book;
  private final Steps steps;
  private final Clock clock;

  Work(OrderBook book, Steps steps, Clock clock) {
    this.book = book;
    this.steps = steps;
    this.clock = clock;
  }

  /**
   * Sends an order that waits to be sent; any other one is left as it is. An order that only waits
   * for its turn then counts as done: its next step is on record, and the sweep takes it.
   *
   * @throws OrderException.Unknown as failure, when it is not there
   * @throws OrderException.Conflict as failure, when there is no time left to begin
   */
  public Uni<Order> send(OrderId id, Instant deadline) {
    return book.find(id)
        .map(found -> found.orElseThrow(() -> new OrderException.Unknown(id.value())))
        .flatMap(
            order -> {
              if (order.state() != OrderState.REQUESTED) {
                return Uni.createFrom().item(order);
              }
              if (!clock.instant().isBefore(deadline)) {
                throw new OrderException.Conflict("No time is left to send order " + id + ".");
              }
              return steps.advance(order, deadline);
            });
  }
}
