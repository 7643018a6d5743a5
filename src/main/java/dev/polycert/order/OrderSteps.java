package dev.polycert.order;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.provider.Account;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Terms;
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
  private final Publishing publishing;
  private final Delivering delivering;
  private final OrderWatch watch;
  private final Clock clock;

  OrderSteps(
      Catalog catalog,
      OrderBook book,
      Pace pace,
      OrderConfig config,
      Publishing publishing,
      Delivering delivering,
      OrderWatch watch,
      Clock clock) {
    this.catalog = catalog;
    this.book = book;
    this.pace = pace;
    this.config = config;
    this.publishing = publishing;
    this.delivering = delivering;
    this.watch = watch;
    this.clock = clock;
  }

  Step step(Order order, Instant deadline) {
    CertificateProvider provider = catalog.ofOrder(order.provider());
    return new Step(order, provider, deadline, book, watch, pace, config, clock);
  }

  /**
   * A first generation, or one that follows, as it is to be claimed.
   *
   * @param latest the one that it follows
   */
  Order requested(String provider, DomainName domain, @Nullable Order latest, Terms terms) {
    String account = catalog.require(provider).account().id();
    return requested(provider, account, domain, latest, null, terms);
  }

  /**
   * The generation that renews an issued order, as it is to be claimed.
   *
   * @param latest the one that it follows: the old one, or a renewal of it that has failed
   */
  Order renewal(Order old, Order latest) {
    return requested(old.provider(), old.account(), old.domain(), latest, old, Renewals.terms(old));
  }

  private Order requested(
      String provider,
      String account,
      DomainName domain,
      @Nullable Order latest,
      @Nullable Order old,
      Terms terms) {
    Instant now = clock.instant();
    int generation = latest == null ? 1 : latest.generation() + 1;
    // What came before is known by its times, also if the clock was put back in between.
    Instant created = latest == null ? now : latest.noEarlier(now);
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
        created,
        created,
        null,
        null,
        // Should this process die right here, the sweep takes the order up.
        pace.nextStep(id, OrderState.REQUESTED, 0, now),
        pace.deadline(OrderState.REQUESTED, catalog.require(provider).descriptor(), now),
        null,
        publishing.ours(catalog.require(provider).descriptor(), terms, domain.base()),
        List.of(),
        deliveries(terms, old, now));
  }

  /** A renewal takes the place of the certificate before it. */
  private static List<Delivery> deliveries(Terms terms, @Nullable Order old, Instant now) {
    List<Delivery> earlier = old == null ? List.of() : old.deliveries();
    return terms.deliver().stream()
        .map(target -> Delivery.waiting(target, Delivery.place(earlier, target), now))
        .toList();
  }

  /** Puts a new order on record, unless it is there. */
  Uni<OrderBook.Claim> claim(Order order, String why) {
    return book.claim(order, why)
        .invoke(
            claim -> {
              if (claim.won()) {
                watch.claimed(claim.order(), why);
              }
            });
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
        .flatMap(moved -> endByName(step, moved))
        .invoke(moved -> tellNews(order, moved))
        .flatMap(moved -> tend(step, moved).invoke(tended -> tellNews(moved, tended)))
        .onFailure(failure -> !(failure instanceof StaleOrderException))
        .call(() -> faulted(step, order))
        .onFailure(StaleOrderException.class)
        .recoverWithUni(() -> book.find(order.id()).map(Optional::orElseThrow));
  }

  /**
   * Records that a step came to nothing by a fault of our own, which the caller logs and answers:
   * an order that is due again at once for ever would keep others from their turn and never end.
   */
  Uni<Order> faulted(Step step, Order before) {
    Order order = step.order();
    VendorError fault =
        new VendorError(ErrorClass.RETRY, "Internal", "an unexpected fault; the log has its trace");
    Uni<Order> recorded =
        switch (order.state()) {
          case EXPIRED, REVOKED, FAILED, CANCELLED -> Uni.createFrom().item(order);
          case ISSUED -> step.renewal().looksAgain(Step.describe(fault), fault);
          default -> step.stays(order.state(), fault).flatMap(moved -> endByName(step, moved));
        };
    // The fault may be that nothing can be recorded; it is what the caller gets either way.
    return recorded.invoke(moved -> tellNews(before, moved)).onFailure().recoverWithItem(order);
  }

  private void tellNews(Order before, Order moved) {
    if (moved.version() > before.version()) {
      tell(moved);
    }
  }

  /** Goes on with what a transition leaves to do for us ourselves, while there is time. */
  private Uni<Order> tend(Step step, Order moved) {
    Order order = step.order();
    if (!step.timeLeft()
        || !step.fresh()
        || order.version() != moved.version()
        || step.intents().ending()) {
      return Uni.createFrom().item(moved);
    }
    if (publishable(order) && order.publications().isEmpty()) {
      return publishing.publish(step).flatMap(published -> tend(step, published));
    }
    return Upkeep.due(order, step.now()) ? upkeep(step) : Uni.createFrom().item(moved);
  }

  private static boolean publishable(Order order) {
    return order.state() == OrderState.PENDING_VALIDATION && order.selfPublished();
  }

  /** Takes away what has served, and delivers. */
  private Uni<Order> upkeep(Step step) {
    return publishing
        .remove(step)
        .flatMap(
            order ->
                order.deliveries().stream().anyMatch(it -> Upkeep.deliverable(order, it))
                    ? delivering.deliver(step)
                    : Uni.createFrom().item(order));
  }

  /** Tells people of a transition that they must know of. */
  void tell(Order moved) {
    watch.tell(moved);
  }

  private Uni<Order> move(Step step) {
    Order order = step.order();
    if (step.intents().othersAtWork()) {
      return Uni.createFrom().item(order);
    }
    if (!step.intents().ending() && !step.renewal().over() && Upkeep.due(order, step.now())) {
      return upkeep(step);
    }
    if (order.state().ended()) {
      return Uni.createFrom().item(order);
    }
    if (step.renewal().over()) {
      return step.renewal().expires();
    }
    if (step.intents().ends()) {
      return Closing.settle(step);
    }
    Optional<VendorError> unusable = unusable(step);
    if (unusable.isPresent()) {
      return step.stays(order.state(), unusable.get());
    }
    return switch (order.state()) {
      case REQUESTED ->
          step.times().sendable() ? Placing.prepare(step) : Uni.createFrom().item(order);
      case UNCERTAIN -> Placing.reconcile(step);
      case APPLYING -> order.intent() == null ? Asking.check(step) : Placing.reconcile(step);
      case PENDING_INFORMATION -> Asking.submit(step);
      case PENDING_VALIDATION ->
          order.selfPublished() ? publishing.publish(step) : Asking.check(step);
      default -> Asking.check(step);
    };
  }

  /**
   * Why nothing can be asked about the order. Another account's keys would find nothing of it,
   * which would end an order that is alive where it was placed.
   */
  static Optional<VendorError> unusable(Step step) {
    if (step.provider instanceof AbsentProvider absent) {
      return Optional.of(absent.error());
    }
    Account account = step.provider.account();
    if (!account.configured()) {
      String variables = String.join(", ", account.missing());
      return Optional.of(
          new VendorError(
              ErrorClass.CREDENTIALS, "NotConfigured", "set " + variables + " in the environment"));
    }
    String own = step.order().account();
    return account.id().equals(own)
        ? Optional.empty()
        : Optional.of(
            new VendorError(
                ErrorClass.CREDENTIALS,
                "OtherAccount",
                "it is of the account " + own + ", and the keys are of " + account.id()));
  }

  /** An order that a step left past its deadline ends, and says what it waited for. */
  private Uni<Order> endByName(Step step, Order moved) {
    Instant deadline = moved.deadline();
    boolean over =
        moved.state().open()
            && deadline != null
            && !step.now().isBefore(deadline)
            && !step.intents().othersAtWork();
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
