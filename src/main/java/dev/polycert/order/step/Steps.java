package dev.polycert.order.step;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.order.Catalog;
import dev.polycert.order.ClientRecords;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.order.OrderState;
import dev.polycert.order.Report;
import dev.polycert.order.Upkeep;
import dev.polycert.provider.Outlook;
import dev.polycert.rate.Urgency;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes the next step of an order, whatever state it is in. The law is kept here: intent record,
 * vendor call, result record; and after an unclear call a look before anything is sent again.
 */
@ApplicationScoped
public class Steps {
  private final Catalog catalog;
  private final Outlook outlook;
  private final OrderBook book;
  private final Pace pace;
  private final Publisher publisher;
  private final Courier courier;
  private final Lookout lookout;
  private final OrderWatch watch;
  private final Clock clock;

  Steps(
      Catalog catalog,
      Outlook outlook,
      OrderBook book,
      Pace pace,
      Publisher publisher,
      Courier courier,
      Lookout lookout,
      OrderWatch watch,
      Clock clock) {
    this.catalog = catalog;
    this.outlook = outlook;
    this.book = book;
    this.pace = pace;
    this.publisher = publisher;
    this.courier = courier;
    this.lookout = lookout;
    this.watch = watch;
    this.clock = clock;
  }

  /** Begins a step of an order whose result a caller waits for. */
  public Step step(Order order, Instant deadline) {
    return step(order, deadline, Urgency.SMALL);
  }

  Step step(Order order, Instant deadline, Urgency urgency) {
    return new Step(
        order,
        catalog.ofOrder(order.provider()),
        outlook,
        deadline,
        urgency,
        book,
        watch,
        pace,
        clock);
  }

  /** Takes one step of an order whose result a caller waits for. */
  public Uni<Order> advance(Order order, Instant deadline) {
    return advance(order, deadline, Urgency.SMALL);
  }

  /**
   * Takes one step.
   *
   * @return the order as it is afterwards; when another step was faster, as that one left it
   */
  public Uni<Order> advance(Order order, Instant deadline, Urgency urgency) {
    Step step = step(order, deadline, urgency);
    return Uni.createFrom()
        .deferred(() -> move(step))
        .flatMap(moved -> endByName(step, moved))
        .invoke(moved -> announceNew(order, moved))
        .flatMap(moved -> tend(step, moved).invoke(tended -> announceNew(moved, tended)))
        .onFailure(failure -> !(failure instanceof StaleOrderException))
        .call(() -> faulted(step, order))
        .onFailure(StaleOrderException.class)
        .recoverWithUni(() -> book.find(order.id()).map(Optional::orElseThrow));
  }

  /** Looks at what the hosts of an issued order serve, and records it. */
  public Uni<Order> look(Step step) {
    Order order = step.order();
    return lookout.look(step).invoke(looked -> announceNew(order, looked));
  }

  /**
   * Records that a step failed by a fault of our own, which the caller logs and answers: an order
   * that is due again at once for ever would keep others from their turn and never end.
   */
  Uni<Order> faulted(Step step, Order before) {
    Order order = step.order();
    VendorError fault =
        new VendorError(ErrorClass.RETRY, "Internal", "an unexpected fault; the log has its trace");
    Uni<Order> recorded =
        switch (order.state()) {
          case EXPIRED, REVOKED, FAILED, CANCELLED -> Uni.createFrom().item(order);
          case ISSUED -> new Lifetime(step).faulted(fault);
          default ->
              new Results(step)
                  .stays(order.state(), fault)
                  .flatMap(moved -> endByName(step, moved));
        };
    // The fault may be that nothing can be recorded; it is what the caller gets either way.
    return recorded.invoke(moved -> announceNew(before, moved)).onFailure().recoverWithItem(order);
  }

  private void announceNew(Order before, Order moved) {
    if (moved.version() > before.version()) {
      announce(moved);
    }
  }

  /** Notifies people of a transition that they must know of. */
  void announce(Order moved) {
    watch.announce(moved);
  }

  /** Continues with the work that a transition leaves for Polycert itself, while there is time. */
  private Uni<Order> tend(Step step, Order moved) {
    Order order = step.order();
    if (!step.timeLeft() || !step.fresh() || order.version() != moved.version() || ending(order)) {
      return Uni.createFrom().item(moved);
    }
    if (publishable(order) && order.publications().isEmpty()) {
      return publisher.publish(step).flatMap(published -> tend(step, published));
    }
    return Upkeep.due(order, step.now()) ? upkeep(step) : Uni.createFrom().item(moved);
  }

  /** Whether the order waits to see that the vendor has ended what it has. */
  private static boolean ending(Order order) {
    return order.ends() && !order.state().ended();
  }

  /** Records of a client are published while it asks for them, and only within its names. */
  private static boolean publishable(Order order) {
    return order.state() == OrderState.PENDING_VALIDATION
        && order.own().selfPublished()
        && !ClientRecords.are(order);
  }

  /** Removes records that have served, and delivers. */
  private Uni<Order> upkeep(Step step) {
    return publisher
        .remove(step)
        .flatMap(
            order ->
                order.deliveries().stream().anyMatch(it -> Upkeep.deliverable(order, it))
                    ? courier.deliver(step)
                    : Uni.createFrom().item(order));
  }

  private Uni<Order> move(Step step) {
    Order order = step.order();
    boolean over = CertificateTimes.over(order, step.now());
    if (step.othersAtWork()) {
      return Uni.createFrom().item(order);
    }
    if (!ending(order) && !over && Upkeep.due(order, step.now())) {
      return upkeep(step);
    }
    if (order.state().ended()) {
      return Uni.createFrom().item(order);
    }
    if (over) {
      return new Lifetime(step).expires();
    }
    if (ClientRecords.are(order)) {
      return leftBehind(step);
    }
    Optional<VendorError> unusable = step.unusable();
    if (unusable.isPresent()) {
      return new Results(step).stays(order.state(), unusable.get());
    }
    return order.ends() ? new Canceller(step).settle() : ask(step, order);
  }

  /** Ends what a client should have cleaned up by now. */
  private static Uni<Order> leftBehind(Step step) {
    Instant deadline = step.order().deadline();
    return deadline != null && step.now().isBefore(deadline)
        ? Uni.createFrom().item(step.order())
        : new Results(step).cancelled("its client has not cleaned up in time");
  }

  private Uni<Order> ask(Step step, Order order) {
    return switch (order.state()) {
      case REQUESTED ->
          pace.sendable(order, step.now())
              ? new Placer(step).prepare()
              : Uni.createFrom().item(order);
      case UNCERTAIN -> new Placer(step).reconcile();
      case APPLYING ->
          order.intent() == null ? new Checker(step).check() : new Placer(step).reconcile();
      case PENDING_INFORMATION -> new Checker(step).submit();
      case PENDING_VALIDATION ->
          publishable(order) ? publisher.publish(step) : new Checker(step).check();
      default -> new Checker(step).check();
    };
  }

  /** Ends an order that is past its deadline, and says what it waited for. */
  private Uni<Order> endByName(Step step, Order moved) {
    Instant deadline = moved.deadline();
    boolean over =
        moved.state().open()
            && deadline != null
            && !step.now().isBefore(deadline)
            && !step.othersAtWork();
    if (!over || step.order().version() != moved.version()) {
      return Uni.createFrom().item(moved);
    }
    VendorError last = moved.error();
    return new Results(step)
        .fails(
            new VendorError(
                ErrorClass.FINAL,
                Report.DEADLINE + moved.state(),
                "still "
                    + moved.state()
                    + " at "
                    + deadline
                    + (last == null ? "" : "; last: " + last.code()),
                last == null ? null : last.requestId(),
                null));
  }
}
