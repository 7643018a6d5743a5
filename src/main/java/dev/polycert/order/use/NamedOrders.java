package dev.polycert.order.use;

import dev.polycert.call.VendorError;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.order.OrderException;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.step.Each;
import dev.polycert.order.step.Step;
import dev.polycert.order.step.Steps;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/** Works on orders that a request names: on all of them or on none. */
@ApplicationScoped
class NamedOrders {
  private final OrderBook book;
  private final Steps steps;
  private final FanOut fanOut;

  NamedOrders(OrderBook book, Steps steps, FanOut fanOut) {
    this.book = book;
    this.steps = steps;
    this.fanOut = fanOut;
  }

  /**
   * Reads orders.
   *
   * @throws OrderException.Unknown as failure, when one of them is not there
   */
  Uni<List<Order>> load(List<OrderId> ids) {
    return Each.inTurn(
        ids,
        id ->
            book.find(id)
                .map(found -> found.orElseThrow(() -> new OrderException.Unknown(id.value()))));
  }

  /**
   * Does the same with each.
   *
   * @param require throws an {@link OrderException} for an order that it cannot be done with;
   *     nothing is done with any order then
   * @param fault makes the result of an order whose work failed
   */
  <R> Uni<List<R>> each(
      List<OrderId> ids,
      Instant deadline,
      Consumer<Step> require,
      Function<Step, Uni<R>> work,
      BiFunction<Order, VendorError, R> fault) {
    return load(ids.stream().distinct().toList())
        .invoke(orders -> orders.forEach(order -> require.accept(steps.step(order, deadline))))
        .flatMap(
            orders ->
                fanOut.run(
                    orders, Order::provider, order -> latest(order.id(), deadline, work), fault));
  }

  /** Works on an order as it is now; when another step is faster, on what that one left. */
  <R> Uni<R> latest(OrderId id, Instant deadline, Function<Step, Uni<R>> work) {
    return Uni.createFrom()
        .deferred(() -> book.find(id))
        .map(Optional::orElseThrow)
        .flatMap(order -> work.apply(steps.step(order, deadline)))
        .onFailure(StaleOrderException.class)
        .retry()
        .atMost(3);
  }

  /**
   * Makes sure that an order has a certificate.
   *
   * @throws OrderException.Conflict when there is none, or not any more
   */
  static void requireIssued(Order order, String what) {
    if (order.state() != OrderState.ISSUED) {
      throw new OrderException.Conflict(
          "Order %s is %s: there is no certificate to %s."
              .formatted(order.id(), order.state(), what));
    }
  }
}
