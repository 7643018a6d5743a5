package dev.polycert.order;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.provider.Information;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes applicants' information, in parts: the use case behind {@code submit-information}. */
@ApplicationScoped
public class Submitting {
  private final OrderBook book;
  private final OrderSteps steps;
  private final FanOut fanOut;

  Submitting(OrderBook book, OrderSteps steps, FanOut fanOut) {
    this.book = book;
    this.steps = steps;
    this.fanOut = fanOut;
  }

  /**
   * Merges a part of the information into each order and sends what is complete.
   *
   * @throws OrderException.Unknown as failure, when an order is not there
   * @throws OrderException.Conflict as failure, when an order does not wait for information;
   *     nothing is merged into any order then
   */
  public Uni<List<Submitted>> submit(List<OrderId> ids, Information part, Instant deadline) {
    return Checking.load(book, ids.stream().distinct().toList())
        .invoke(orders -> orders.forEach(order -> requireWaiting(steps.step(order, deadline))))
        .flatMap(
            orders ->
                fanOut.run(
                    orders,
                    Order::provider,
                    order -> submit(order.id(), part, deadline),
                    (order, fault) -> new Submitted(order, List.of(), false, fault)));
  }

  private static void requireWaiting(Step step) {
    obstacle(step)
        .ifPresent(
            why -> {
              throw new OrderException.Conflict(why);
            });
  }

  /** Why it takes no information now; a record beside one who sends it would lose the answer. */
  private static Optional<String> obstacle(Step step) {
    Order order = step.order();
    String name = "Order " + order.id() + " is " + order.state();
    if (order.state() != OrderState.PENDING_INFORMATION && order.state() != OrderState.REQUESTED) {
      return Optional.of(name + " and takes no information.");
    }
    return step.intents().othersAtWork()
        ? Optional.of(name + ", and a step is under way for it.")
        : Optional.empty();
  }

  private Uni<Submitted> submit(OrderId id, Information part, Instant deadline) {
    return Uni.createFrom()
        .deferred(() -> book.find(id))
        .map(Optional::orElseThrow)
        .flatMap(order -> submit(steps.step(order, deadline), part))
        .onFailure(StaleOrderException.class)
        .retry()
        .atMost(3);
  }

  private Uni<Submitted> submit(Step step, Information part) {
    Optional<String> obstacle = obstacle(step);
    if (obstacle.isPresent()) {
      VendorError moved = new VendorError(ErrorClass.FINAL, "Conflict", obstacle.get());
      return Uni.createFrom().item(new Submitted(step.order(), List.of(), false, moved));
    }
    return merge(step, part).flatMap(merged -> send(merged));
  }

  private static Uni<Step> merge(Step step, Information part) {
    Order order = step.order();
    Information merged = order.terms().information().merge(part);
    OrderChange change =
        Asking.unsent(order.change(), order).terms(order.terms().withInformation(merged));
    return step.write(change, "information received", null).replaceWith(step);
  }

  private Uni<Submitted> send(Step step) {
    Order order = step.order();
    List<String> missing = step.provider.missingInformation(order.application());
    if (!missing.isEmpty()) {
      return Uni.createFrom().item(new Submitted(order, missing, false, null));
    }
    return steps
        .advance(order, step.deadline)
        .map(
            moved ->
                new Submitted(
                    moved,
                    List.of(),
                    moved.error() == null && moved.version() > order.version(),
                    moved.error()));
  }
}
