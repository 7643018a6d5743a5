package dev.polycert.order;

import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.ErrorClass;
import dev.polycert.provider.VendorError;
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
class OrderSteps {
  private final Catalog catalog;
  private final OrderBook book;
  private final Pace pace;
  private final OrderConfig config;
  private final Clock clock;

  OrderSteps(Catalog catalog, OrderBook book, Pace pace, OrderConfig config, Clock clock) {
    this.catalog = catalog;
    this.book = book;
    this.pace = pace;
    this.config = config;
    this.clock = clock;
  }

  Step step(Order order, Instant deadline) {
    CertificateProvider provider = catalog.require(order.provider());
    return new Step(order, provider, deadline, book, pace, config, clock);
  }

  /**
   * Takes one step.
   *
   * @return the order as it is afterwards; as somebody else left it, when they were faster
   */
  Uni<Order> advance(Order order, Instant deadline) {
    Step step = step(order, deadline);
    return Uni.createFrom()
        .deferred(() -> move(step))
        .flatMap(moved -> endByName(step, order, moved))
        .onFailure(StaleOrderException.class)
        .recoverWithUni(() -> book.find(order.id()).map(Optional::orElseThrow));
  }

  private Uni<Order> move(Step step) {
    Order order = step.order();
    if (order.state().ended() || step.othersAtWork()) {
      return Uni.createFrom().item(order);
    }
    if (order.intent() != null && order.intent().ends()) {
      return Closing.settle(step);
    }
    if (step.validityOver()) {
      return step.expires();
    }
    if (!step.provider.account().configured()) {
      return step.stays(order.state(), notConfigured(step.provider), null);
    }
    return switch (order.state()) {
      case REQUESTED -> Placing.prepare(step);
      case UNCERTAIN -> Placing.reconcile(step);
      case APPLYING -> order.intent() == null ? Asking.check(step) : Placing.reconcile(step);
      case PENDING_INFORMATION -> Asking.submit(step);
      default -> Asking.check(step);
    };
  }

  static VendorError notConfigured(CertificateProvider provider) {
    return new VendorError(
        ErrorClass.CREDENTIALS,
        "NotConfigured",
        "set " + String.join(", ", provider.account().missing()) + " in the environment");
  }

  /** An order that a step past its deadline did not move ends, and says what it waited for. */
  private Uni<Order> endByName(Step step, Order before, Order moved) {
    Instant deadline = before.deadline();
    boolean over =
        moved.state().open()
            && moved.state() == before.state()
            && deadline != null
            && !step.now().isBefore(deadline);
    if (!over || step.order().version() != moved.version()) {
      return Uni.createFrom().item(moved);
    }
    VendorError last = moved.error();
    return step.fails(
        new VendorError(
            ErrorClass.FINAL,
            "Deadline." + moved.state(),
            "still "
                + moved.state()
                + " at "
                + deadline
                + (last == null ? "" : "; last: " + last.code()),
            last == null ? null : last.requestId(),
            null));
  }
}
