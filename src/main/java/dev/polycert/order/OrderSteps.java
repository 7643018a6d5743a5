package dev.polycert.order;

import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.ErrorClass;
import dev.polycert.provider.Outcome;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Reference;
import dev.polycert.provider.VendorError;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the next step of an order, whatever state it is in. The law is kept here: intent record,
 * vendor call, result record; and after an unclear call a look before anything is sent again.
 */
@ApplicationScoped
class OrderSteps {
  /** A purchase and an application are two writes; no vendor needs more. */
  private static final int MAX_WRITES = 3;

  private static final String INFORMATION_SENT = "informationSent";

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
    if (step.validityOver()) {
      return step.expires();
    }
    if (!step.provider.account().configured()) {
      return step.stays(order.state(), notConfigured(step.provider), null);
    }
    return switch (order.state()) {
      case REQUESTED -> prepare(step);
      case UNCERTAIN -> reconcile(step);
      case APPLYING -> order.intent() == null ? check(step) : reconcile(step);
      case PENDING_INFORMATION -> submit(step);
      default -> check(step);
    };
  }

  static VendorError notConfigured(CertificateProvider provider) {
    return new VendorError(
        ErrorClass.CREDENTIALS,
        "NotConfigured",
        "set " + String.join(", ", provider.account().missing()) + " in the environment");
  }

  // --- REQUESTED: find out what is needed, then write ---

  private Uni<Order> prepare(Step step) {
    return step.provider
        .prepare(step.order().application(), step.reading())
        .flatMap(
            outcome ->
                switch (outcome) {
                  case Outcome.Ready(Plan plan) -> reserve(step, plan);
                  case Outcome.Progress adopted ->
                      step.progressed(adopted).flatMap(o -> follow(step));
                  case Outcome.Refused(VendorError error) -> refused(step, error);
                  case Outcome.Unclear(VendorError error) ->
                      step.stays(OrderState.REQUESTED, error, null);
                  case Outcome.Deferred deferred -> step.waits(OrderState.REQUESTED, deferred);
                  case Outcome.Absent absent -> step.fails(unknownAtVendor());
                });
  }

  /** Takes the first candidate that no other open order has, so that none is used twice. */
  private Uni<Order> reserve(Step step, Plan plan) {
    OrderChange change = step.order().change().plan(plan.settings());
    if (plan.candidates().isEmpty()) {
      return place(step, change, 1);
    }
    return reserve(step, plan.candidates().iterator())
        .flatMap(
            reserved ->
                reserved.isPresent()
                    ? place(step, change.reference(reserved.get()), 1)
                    : refused(
                        step,
                        new VendorError(
                            ErrorClass.QUOTA,
                            "NoCertificateLeft",
                            "all fitting certificates of the account are used by other orders")));
  }

  private Uni<Optional<Reference>> reserve(Step step, Iterator<Reference> candidates) {
    if (!candidates.hasNext()) {
      return Uni.createFrom().item(Optional.empty());
    }
    Reference candidate = candidates.next();
    return reserve(step, candidate)
        .flatMap(
            ours ->
                ours ? Uni.createFrom().item(Optional.of(candidate)) : reserve(step, candidates));
  }

  private Uni<Boolean> reserve(Step step, Reference reference) {
    Order order = step.order();
    String resource = order.provider() + "/" + order.account() + "/" + reference.key();
    return book.reserve(resource, order.id());
  }

  /** Goes on with what was bought, unless another order found and took it in between. */
  private Uni<Order> keepAndPlace(Step step, Outcome.Progress bought, int write) {
    return reserve(step, bought.reference())
        .flatMap(
            ours ->
                ours
                    ? place(step, step.order().change(), write)
                    : startAgain(step, "another order took " + bought.reference().key(), null));
  }

  private Uni<Order> startAgain(Step step, String why, @Nullable String requestId) {
    OrderChange again = step.order().change().intent(null).reference(null);
    step.enter(again, OrderState.REQUESTED);
    again.nextStepAt(step.now());
    return step.write(again, why, requestId);
  }

  private Uni<Order> place(Step step, OrderChange prepared, int write) {
    Order wanted = prepared.at(step.now());
    return step.provider
        .place(wanted.application(), step.writing(prepared))
        .flatMap(
            outcome ->
                switch (outcome) {
                  case Outcome.Progress bought
                      when bought.phase() == Phase.PLACING && write < MAX_WRITES ->
                      step.progressed(bought).flatMap(o -> keepAndPlace(step, bought, write + 1));
                  case Outcome.Progress placed ->
                      step.progressed(placed).flatMap(o -> follow(step));
                  case Outcome.Refused(VendorError error) -> refused(step, error);
                  case Outcome.Unclear(VendorError error) -> unclear(step, error);
                  case Outcome.Deferred deferred -> step.waits(OrderState.REQUESTED, deferred);
                  case Outcome.Absent absent -> step.fails(unknownAtVendor());
                  case Outcome.Ready ready ->
                      throw new IllegalStateException("place answered with a plan");
                });
  }

  /** A write's answer says little: goes on to what the vendor waits for, while there is time. */
  private Uni<Order> follow(Step step) {
    Order order = step.order();
    if (order.state() == OrderState.PENDING_INFORMATION && step.timeLeft()) {
      return submit(step);
    }
    boolean silent = order.state() == OrderState.APPLYING && order.validations().isEmpty();
    return silent && step.timeLeft() ? check(step) : Uni.createFrom().item(order);
  }

  private Uni<Order> refused(Step step, VendorError error) {
    return switch (error.errorClass()) {
      case RETRY, THROTTLED, PENDING -> step.stays(OrderState.REQUESTED, error, null);
      case ALREADY_APPLIED -> unclear(step, error);
      case QUOTA, CREDENTIALS, CLOCK, FINAL -> step.fails(error);
    };
  }

  private Uni<Order> unclear(Step step, VendorError error) {
    return step.stays(OrderState.UNCERTAIN, error, null)
        .flatMap(o -> step.timeLeft() ? reconcile(step) : Uni.createFrom().item(step.order()));
  }

  // --- a write without a result: look before anything is sent again ---

  private Uni<Order> reconcile(Step step) {
    return step.provider
        .find(step.order().application(), step.reading())
        .flatMap(
            outcome ->
                switch (outcome) {
                  case Outcome.Progress found when found.phase() == Phase.PLACING ->
                      step.progressed(found).flatMap(o -> keepAndPlace(step, found, 2));
                  case Outcome.Progress found -> step.progressed(found).flatMap(o -> follow(step));
                  case Outcome.Absent absent -> absent(step, absent);
                  case Outcome.Unclear(VendorError error) ->
                      step.stays(OrderState.UNCERTAIN, error, null);
                  case Outcome.Refused(VendorError error) ->
                      step.stays(OrderState.UNCERTAIN, error, null);
                  case Outcome.Deferred deferred -> step.waits(OrderState.UNCERTAIN, deferred);
                  case Outcome.Ready ready ->
                      throw new IllegalStateException("find answered with a plan");
                });
  }

  private Uni<Order> absent(Step step, Outcome.Absent absent) {
    if (step.unsettled()) {
      return step.waits(
          OrderState.UNCERTAIN,
          new Outcome.Deferred(
              step.settledAt(), "the vendor's lists may lag behind the last call"));
    }
    return startAgain(step, "the vendor has no such application", absent.requestId())
        .flatMap(o -> step.timeLeft() ? prepare(step) : Uni.createFrom().item(step.order()));
  }

  // --- with the vendor: tell what it waits for, ask how it stands ---

  /** Sends the information once, when it is complete; else asks how the order stands. */
  Uni<Order> submit(Step step) {
    Order order = step.order();
    boolean sent = order.plan().containsKey(INFORMATION_SENT);
    if (sent || !step.provider.missingInformation(order.application()).isEmpty()) {
      return step.fresh() ? Uni.createFrom().item(order) : check(step);
    }
    return step.provider
        .submit(order.application(), step.writing(order.change()))
        .flatMap(
            outcome ->
                switch (outcome) {
                  case Outcome.Progress progress ->
                      step.progressed(progress, change -> change.plan(withMark(step.order())))
                          .flatMap(o -> follow(step));
                  case Outcome.Refused(VendorError error) -> step.notSubmitted(error);
                  // Sending the same information twice does no harm: the next step sends it again.
                  case Outcome.Unclear(VendorError error) -> step.notSubmitted(error);
                  case Outcome.Deferred deferred ->
                      step.waits(OrderState.PENDING_INFORMATION, deferred);
                  case Outcome.Absent absent -> step.fails(unknownAtVendor());
                  case Outcome.Ready ready ->
                      throw new IllegalStateException("submit answered with a plan");
                });
  }

  /** New information has to be sent again. */
  static OrderChange unsent(OrderChange change, Order order) {
    Map<String, String> plan = new HashMap<>(order.plan());
    plan.remove(INFORMATION_SENT);
    return change.plan(plan);
  }

  private static Map<String, String> withMark(Order order) {
    Map<String, String> plan = new HashMap<>(order.plan());
    plan.put(INFORMATION_SENT, "true");
    return plan;
  }

  private Uni<Order> check(Step step) {
    return step.provider
        .check(step.order().application(), step.reading())
        .flatMap(
            outcome ->
                switch (outcome) {
                  case Outcome.Progress progress -> step.progressed(progress);
                  case Outcome.Refused(VendorError error)
                      when error.errorClass() == ErrorClass.PENDING
                          && step.order().state().open() ->
                      step.stays(OrderState.PENDING_VALIDATION, error, null);
                  case Outcome.Refused(VendorError error) ->
                      step.stays(step.order().state(), error, null);
                  case Outcome.Unclear(VendorError error) ->
                      step.stays(step.order().state(), error, null);
                  case Outcome.Deferred deferred -> step.waits(step.order().state(), deferred);
                  case Outcome.Absent absent -> step.fails(unknownAtVendor());
                  case Outcome.Ready ready ->
                      throw new IllegalStateException("check answered with a plan");
                });
  }

  static VendorError unknownAtVendor() {
    return new VendorError(
        ErrorClass.FINAL, "UnknownAtVendor", "the vendor does not know this application");
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
