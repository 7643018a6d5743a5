package dev.polycert.order;

import dev.polycert.call.VendorError;
import dev.polycert.provider.Outcome;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Reference;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Places an order at its vendor: intent record, vendor call, result record; and after an unclear
 * call a look before anything is sent again.
 */
final class Placing {
  /** A purchase and an application are two writes; no vendor needs more. */
  private static final int MAX_WRITES = 3;

  private Placing() {}

  // --- REQUESTED: find out what is needed, then write ---

  static Uni<Order> prepare(Step step) {
    return step.provider
        .prepare(step.order().application(), step.reading())
        .map(Verbatim::bounded)
        .flatMap(
            outcome ->
                switch (outcome) {
                  case Outcome.Ready(Plan plan) -> reserve(step, plan);
                  case Outcome.Progress adopted ->
                      step.progressed(adopted).flatMap(o -> Asking.follow(step));
                  case Outcome.Refused(VendorError error) -> refused(step, error);
                  case Outcome.Unclear(VendorError error) ->
                      step.stays(OrderState.REQUESTED, error);
                  case Outcome.Deferred deferred -> step.waits(OrderState.REQUESTED, deferred);
                  case Outcome.Absent absent -> step.fails(Asking.unknownAtVendor());
                });
  }

  /** Takes the first candidate that no other open order has, so that none is used twice. */
  private static Uni<Order> reserve(Step step, Plan plan) {
    OrderChange change = step.order().change().plan(plan.settings());
    if (plan.candidates().isEmpty()) {
      return place(step, change, 1);
    }
    return reserve(step, ownFirst(step.order().reference(), plan.candidates()).iterator())
        .flatMap(reserved -> place(step, change.reference(reserved.orElse(null)), 1));
  }

  /** What an earlier try has reserved, and may have paid for, is not left for another one. */
  private static List<Reference> ownFirst(@Nullable Reference own, List<Reference> candidates) {
    return candidates.stream()
        .sorted(Comparator.comparing(candidate -> !candidate.equals(own)))
        .toList();
  }

  private static Uni<Optional<Reference>> reserve(Step step, Iterator<Reference> candidates) {
    if (!candidates.hasNext()) {
      return Uni.createFrom().item(Optional.empty());
    }
    Reference candidate = candidates.next();
    return step.reserve(candidate)
        .flatMap(
            ours ->
                ours ? Uni.createFrom().item(Optional.of(candidate)) : reserve(step, candidates));
  }

  /**
   * Goes on with what was bought, unless another order found and took it in between. Reserved
   * before it is on record: whatever an order names as its own no other one can use.
   */
  private static Uni<Order> keepAndPlace(Step step, Outcome.Progress bought, int write) {
    return step.reserve(bought.reference())
        .flatMap(
            ours ->
                ours
                    ? step.progressed(bought)
                        .flatMap(o -> place(step, step.order().change(), write))
                    : startAgain(step, "another order took " + bought.reference().key(), null));
  }

  private static Uni<Order> startAgain(Step step, String why, @Nullable String requestId) {
    OrderChange again = step.order().change().intent(null).reference(null);
    step.times().enter(again, OrderState.REQUESTED);
    again.nextStepAt(step.now());
    return step.write(again, why, requestId);
  }

  private static Uni<Order> place(Step step, OrderChange prepared, int write) {
    Order wanted = prepared.at(step.now());
    return step.provider
        .place(wanted.application(), step.intents().writing(prepared))
        .map(Verbatim::bounded)
        .flatMap(
            outcome ->
                switch (outcome) {
                  case Outcome.Progress bought
                      when bought.phase() == Phase.PLACING && write < MAX_WRITES ->
                      keepAndPlace(step, bought, write + 1);
                  case Outcome.Progress placed ->
                      step.progressed(placed, change -> change.plan(wanted.plan()))
                          .flatMap(o -> Asking.follow(step));
                  case Outcome.Refused(VendorError error) -> refused(step, error);
                  case Outcome.Unclear(VendorError error) -> unclear(step, error);
                  case Outcome.Deferred deferred -> step.waits(OrderState.REQUESTED, deferred);
                  case Outcome.Absent absent -> step.fails(Asking.unknownAtVendor());
                  case Outcome.Ready ready ->
                      throw new IllegalStateException("place answered with a plan");
                });
  }

  private static Uni<Order> refused(Step step, VendorError error) {
    return switch (error.errorClass()) {
      case RETRY, THROTTLED, PENDING -> step.stays(OrderState.REQUESTED, error);
      case ALREADY_APPLIED -> unclear(step, error);
      case QUOTA, CREDENTIALS, CLOCK, FINAL -> step.fails(error);
    };
  }

  private static Uni<Order> unclear(Step step, VendorError error) {
    return step.unclear(error)
        .flatMap(o -> step.timeLeft() ? reconcile(step) : Uni.createFrom().item(step.order()));
  }

  // --- a write without a result: look before anything is sent again ---

  static Uni<Order> reconcile(Step step) {
    return step.provider
        .find(step.order().application(), step.reading())
        .map(Verbatim::bounded)
        .flatMap(
            outcome ->
                switch (outcome) {
                  case Outcome.Progress found when found.phase() == Phase.PLACING ->
                      keepAndPlace(step, found, 2);
                  case Outcome.Progress found ->
                      step.progressed(found).flatMap(o -> Asking.follow(step));
                  case Outcome.Absent absent -> absent(step, absent);
                  case Outcome.Unclear(VendorError error) ->
                      step.stays(OrderState.UNCERTAIN, error);
                  case Outcome.Refused(VendorError error) ->
                      step.stays(OrderState.UNCERTAIN, error);
                  case Outcome.Deferred deferred -> step.waits(OrderState.UNCERTAIN, deferred);
                  case Outcome.Ready ready ->
                      throw new IllegalStateException("find answered with a plan");
                });
  }

  private static Uni<Order> absent(Step step, Outcome.Absent absent) {
    if (step.intents().unsettled()) {
      Instant settled = step.intents().settledAt();
      // What is looked for again and again is sent again and again: less and less often.
      Instant next = step.times().nextTry();
      return step.waits(
          OrderState.UNCERTAIN,
          new Outcome.Deferred(
              next.isAfter(settled) ? next : settled,
              "the vendor's lists may lag behind the last call"));
    }
    return startAgain(step, "the vendor has no such application", absent.requestId())
        .flatMap(
            o ->
                step.timeLeft() && step.times().sendable()
                    ? prepare(step)
                    : Uni.createFrom().item(step.order()));
  }
}
