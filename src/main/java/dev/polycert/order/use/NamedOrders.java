package dev.polycert.order.use;

import dev.polycert.call.ErrorClass;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Works on orders that a request names: what is wrong with one changes nothing for the others. */
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
   * Does the same with each, and answers with one entry for each in their order.
   *
   * @param fault makes the result of an order whose work failed
   */
  <R> Uni<List<NamedOrder<R>>> each(
      List<OrderId> ids,
      Instant deadline,
      Function<Step, Uni<R>> work,
      BiFunction<Order, VendorError, R> fault) {
    return each(ids, deadline, Order::provider, work, fault);
  }

  /**
   * As above.
   *
   * @param lane the lane in which an order waits
   */
  <R> Uni<List<NamedOrder<R>>> each(
      List<OrderId> ids,
      Instant deadline,
      Function<Order, String> lane,
      Function<Step, Uni<R>> work,
      BiFunction<Order, VendorError, R> fault) {
    List<OrderId> once = ids.stream().distinct().toList();
    return Each.inTurn(once, book::find)
        .flatMap(
            found ->
                fanOut
                    .run(
                        found.stream().flatMap(Optional::stream).toList(),
                        lane,
                        deadline,
                        (order, urgency) ->
                            latest(order.id(), deadline, work).map(r -> named(order, r)),
                        (order, failure) -> named(order, fault.apply(order, failure)))
                    .map(results -> complete(once, results)));
  }

  private static <R> NamedOrder<R> named(Order order, R result) {
    return new NamedOrder<>(order.id(), result, null);
  }

  /** One result for each id, in their order. */
  static <R> List<NamedOrder<R>> complete(List<OrderId> ids, List<NamedOrder<R>> results) {
    Map<OrderId, NamedOrder<R>> byId = new HashMap<>();
    results.forEach(result -> byId.put(result.id(), result));
    return ids.stream()
        .map(id -> byId.getOrDefault(id, new NamedOrder<>(id, null, unknown(id.value()))))
        .toList();
  }

  /** The error of an item for which there is no order. */
  static VendorError unknown(String what) {
    return new VendorError(
        ErrorClass.FINAL,
        "Order.Unknown",
        "There is no order " + what + "; GET /orders lists all.");
  }

  /**
   * Reads an order.
   *
   * @throws OrderException.Unknown as failure, when it is not there
   */
  Uni<Order> find(OrderId id) {
    return book.find(id)
        .map(found -> found.orElseThrow(() -> new OrderException.Unknown(id.value())));
  }

  /**
   * Works on an order as it is now; if another step is faster, on the order as that step left it.
   */
  <R> Uni<R> latest(OrderId id, Instant deadline, Function<Step, Uni<R>> work) {
    return Uni.createFrom()
        .deferred(() -> book.find(id))
        .map(Optional::orElseThrow)
        .flatMap(order -> work.apply(steps.step(order, deadline)))
        .onFailure(StaleOrderException.class)
        .retry()
        .atMost(3);
  }

  /** Why an order has no certificate to do something with; empty when it has one. */
  static Optional<VendorError> notIssued(Order order, String what) {
    OrderState state = order.state();
    if (state == OrderState.ISSUED) {
      return Optional.empty();
    }
    String instead =
        state.ended()
            ? "apply again for a new one"
            : "wait until it is ISSUED; check-verification takes its next step";
    return Optional.of(
        conflict(
            "Order %s is %s: there is no certificate to %s; %s."
                .formatted(order.id(), state, what, instead)));
  }

  /** The error of an order in a state in which something cannot be done. */
  static VendorError conflict(String message) {
    return new VendorError(ErrorClass.FINAL, "Conflict", message);
  }
}
