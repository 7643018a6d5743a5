package dev.polycert.order.step;

import dev.polycert.call.Answer.Failed;
import dev.polycert.call.Answer.Success;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure.Refused;
import dev.polycert.call.Failure.Unclear;
import dev.polycert.call.VendorError;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.provider.Application;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.Map;

/** Asks the vendor how an order stands, and submits the information that it waits for. */
public final class Checker {
  private static final String INFORMATION_SENT = "informationSent";

  private final Step step;
  private final Results results;

  Checker(Step step) {
    this.step = step;
    this.results = new Results(step);
  }

  Uni<Order> check() {
    return check(step.order().application());
  }

  /**
   * As {@link #check}, once the servers answer with all that Polycert published, or should by now.
   */
  Uni<Order> checkPublished() {
    return check(step.order().application().withPublished());
  }

  private Uni<Order> check(Application application) {
    return step.provider()
        .check(application, step.reading())
        .map(Verbatim::bounded)
        .flatMap(
            answer ->
                switch (answer) {
                  case Success(var progress, _) -> results.progressed(progress);
                  case Failed(Refused(var error))
                      when error.errorClass() == ErrorClass.PENDING
                          && step.order().state().open() ->
                      results.stays(OrderState.PENDING_VALIDATION, error);
                  case Failed(var failure) -> results.failed(step.order().state(), failure);
                });
  }

  /**
   * Asks how the order stands, while its validations are not all published: the vendor is not asked
   * to validate what it could not see, and the order says what keeps it from being published.
   */
  Uni<Order> look(VendorError obstacle) {
    return step.provider()
        .look(step.order().application(), step.reading())
        .map(Verbatim::bounded)
        .flatMap(
            answer ->
                switch (answer) {
                  case Success(var progress, _) ->
                      results.progressed(
                          progress,
                          draft ->
                              draft.state() == OrderState.PENDING_VALIDATION
                                  ? draft.withError(obstacle)
                                  : draft);
                  case Failed(Refused(var error))
                      when error.errorClass() == ErrorClass.PENDING
                          && step.order().state().open() ->
                      results.stays(OrderState.PENDING_VALIDATION, obstacle);
                  case Failed(var failure) -> results.failed(step.order().state(), failure);
                });
  }

  /** Sends the information once, when it is complete; else asks how the order stands. */
  Uni<Order> submit() {
    Order order = step.order();
    boolean sent = order.placement().plan().containsKey(INFORMATION_SENT);
    if (sent || !step.provider().missingInformation(order.application()).isEmpty()) {
      return step.fresh() ? Uni.createFrom().item(order) : check();
    }
    return step.provider()
        .submit(order.application(), step.writing(order))
        .map(Verbatim::bounded)
        .flatMap(
            answer ->
                switch (answer) {
                  case Success(var progress, _) ->
                      results.progressed(progress, Checker::sent).flatMap(sentNow -> follow());
                  case Failed(Refused(var error)) -> notSubmitted(error);
                  // Sending the same information twice does no harm: the next step sends it again.
                  case Failed(Unclear(var error)) -> notSubmitted(error);
                  case Failed(var failure) ->
                      results.failed(OrderState.PENDING_INFORMATION, failure);
                });
  }

  private Uni<Order> notSubmitted(VendorError error) {
    Order draft = step.order().withIntent(null).withError(error);
    return step.record(
        step.enter(draft, OrderState.PENDING_INFORMATION),
        Results.describe(error),
        error.requestId());
  }

  private static Order sent(Order draft) {
    Map<String, String> plan = new HashMap<>(draft.placement().plan());
    plan.put(INFORMATION_SENT, "true");
    return draft.with(draft.placement().withPlan(plan));
  }

  /** A draft whose information has to be sent again, because it has changed. */
  public static Order unsent(Order draft) {
    Map<String, String> plan = new HashMap<>(draft.placement().plan());
    plan.remove(INFORMATION_SENT);
    return draft.with(draft.placement().withPlan(plan));
  }

  /** A write's answer says little, so this asks what the vendor waits for, while there is time. */
  Uni<Order> follow() {
    Order order = step.order();
    if (order.state() == OrderState.PENDING_INFORMATION && step.timeLeft()) {
      return submit();
    }
    boolean silent = order.state() == OrderState.APPLYING && order.validations().isEmpty();
    return silent && step.timeLeft() ? check() : Uni.createFrom().item(order);
  }
}
