package dev.polycert.order;

import dev.polycert.domain.DomainName;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.ErrorClass;
import dev.polycert.provider.Terms;
import dev.polycert.provider.VendorError;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the next step of an order, whatever state it is in. The law is kept here: intent record,
 * vendor call, result record; and after an unclear call a look before anything is sent again.
 */
@ApplicationScoped
class OrderSteps {
  /** How the codes begin of orders that ended because nothing happened until their deadline. */
  static final String DEADLINE = "Deadline.";

  private final Catalog catalog;
  private final OrderBook book;
  private final Pace pace;
  private final OrderConfig config;
  private final Notices notices;
  private final Clock clock;

  OrderSteps(
      Catalog catalog,
      OrderBook book,
      Pace pace,
      OrderConfig config,
      Notices notices,
      Clock clock) {
    this.catalog = catalog;
    this.book = book;
    this.pace = pace;
    this.config = config;
    this.notices = notices;
    this.clock = clock;
  }

  Step step(Order order, Instant deadline) {
    CertificateProvider provider = catalog.require(order.provider());
    return new Step(order, provider, deadline, book, pace, config, clock);
  }

  /** A first generation, or one that follows an end, as it is to be claimed. */
  Order requested(String provider, DomainName domain, int generation, Terms terms) {
    String account = catalog.require(provider).account().id();
    return requested(provider, account, domain, generation, null, terms);
  }

  /** The generation that renews an issued order, as it is to be claimed. */
  Order renewal(Order old, int generation) {
    return requested(
        old.provider(), old.account(), old.domain(), generation, old, Renewals.terms(old));
  }

  private Order requested(
      String provider,
      String account,
      DomainName domain,
      int generation,
      @Nullable Order old,
      Terms terms) {
    Instant now = clock.instant();
    OrderId id = OrderId.of(provider, account, domain, generation);
    return new Order(
        id,
        provider,
        account,
        domain,
        generation,
        old == null ? null : old.id(),
        old == null ? null : old.reference(),
        1,
        OrderState.REQUESTED,
        terms,
        Map.of(),
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        0,
        now,
        now,
        null,
        // Should this process die right here, the sweep takes the order up.
        pace.nextStep(id, OrderState.REQUESTED, 0, now),
        pace.deadline(OrderState.REQUESTED, catalog.require(provider).descriptor(), now),
        null,
        List.of(),
        List.of());
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
        .invoke(
            moved -> {
              if (moved.version() > order.version()) {
                tell(moved);
              }
            })
        .onFailure(StaleOrderException.class)
        .recoverWithUni(() -> book.find(order.id()).map(Optional::orElseThrow));
  }

  /** Tells people of a transition that they must know of. */
  void tell(Order moved) {
    Notice.of(moved).ifPresent(notices::tell);
  }

  private Uni<Order> move(Step step) {
    Order order = step.order();
    if (order.state().ended() || step.othersAtWork()) {
      return Uni.createFrom().item(order);
    }
    if (step.renewal().over()) {
      return step.renewal().expires();
    }
    if (step.ends()) {
      return Closing.settle(step);
    }
    if (!step.provider.account().configured()) {
      return step.stays(order.state(), notConfigured(step.provider));
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
            DEADLINE + moved.state(),
            "still "
                + moved.state()
                + " at "
                + deadline
                + (last == null ? "" : "; last: " + last.code()),
            last == null ? null : last.requestId(),
            null));
  }
}
