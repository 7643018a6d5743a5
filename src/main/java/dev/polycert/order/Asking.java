package dev.polycert.order;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Outcome;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.Map;

/** Tells the vendor what it waits for, and asks it how an order stands. */
final class Asking {
  private static final String INFORMATION_SENT = "informationSent";

  private Asking() {}

  /** Sends the information once, when it is complete; else asks how the order stands. */
  static Uni<Order> submit(Step step) {
    Order order = step.order();
    boolean sent = order.plan().containsKey(INFORMATION_SENT);
    if (sent || !step.provider.missingInformation(order.application()).isEmpty()) {
      return step.fresh() ? Uni.createFrom().item(order) : check(step);
    }
    return step.provider
        .submit(order.application(), step.intents().writing(order.change()))
        .map(Verbatim::bounded)
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

  static Uni<Order> check(Step step) {
    return step.provider
        .check(step.order().application(), step.reading())
        .map(Verbatim::bounded)
        .flatMap(
            outcome ->
                switch (outcome) {
                  case Outcome.Progress progress -> step.progressed(progress);
                  case Outcome.Refused(VendorError error)
                      when error.errorClass() == ErrorClass.PENDING
                          && step.order().state().open() ->
                      step.stays(OrderState.PENDING_VALIDATION, error);
                  case Outcome.Refused(VendorError error) ->
                      step.stays(step.order().state(), error);
                  case Outcome.Unclear(VendorError error) ->
                      step.stays(step.order().state(), error);
                  case Outcome.Deferred deferred -> step.waits(step.order().state(), deferred);
                  case Outcome.Absent absent -> step.fails(unknownAtVendor());
                  case Outcome.Ready ready ->
                      throw new IllegalStateException("check answered with a plan");
                });
  }

  /** A write's answer says little: goes on to what the vendor waits for, while there is time. */
  static Uni<Order> follow(Step step) {
    Order order = step.order();
    if (order.state() == OrderState.PENDING_INFORMATION && step.timeLeft()) {
      return submit(step);
    }
    boolean silent = order.state() == OrderState.APPLYING && order.validations().isEmpty();
    return silent && step.timeLeft() ? check(step) : Uni.createFrom().item(order);
  }

  /** The error of an outcome that is not what was asked for. */
  static VendorError error(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Refused(VendorError error) -> error;
      case Outcome.Unclear(VendorError error) -> error;
      case Outcome.Absent absent -> unknownAtVendor();
      case Outcome.Deferred deferred -> deferred(deferred);
      case Outcome.Ready ready -> throw new IllegalStateException("a plan is no failure");
      case Outcome.Progress progress -> throw new IllegalStateException("progress is no failure");
    };
  }

  static VendorError deferred(Outcome.Deferred deferred) {
    return new VendorError(
        ErrorClass.THROTTLED,
        "Deferred",
        deferred.reason() + "; worth trying again from " + deferred.notBefore());
  }

  static VendorError unknownAtVendor() {
    return new VendorError(
        ErrorClass.FINAL, "UnknownAtVendor", "the vendor does not know this application");
  }
}
