package dev.polycert.order.step;

import dev.polycert.call.Answer.Failed;
import dev.polycert.call.Answer.Success;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure.Absent;
import dev.polycert.call.Failure.Deferred;
import dev.polycert.call.Failure.Refused;
import dev.polycert.call.Failure.Unclear;
import dev.polycert.call.VendorError;
import dev.polycert.order.Intent;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.Placement;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Preparation.Existing;
import dev.polycert.provider.Preparation.Ready;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.rate.Urgency;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Places an order at its vendor: intent record, vendor call, result record; and after an unclear
 * call a look before anything is sent again.
 */
final class Placer {
  /** A purchase and an application are two writes; no vendor needs more. */
  private static final int MAX_WRITES = 3;

  /** A request that no candidate can serve must not be sent once for each of them. */
  private static final int MAX_CANDIDATES = 3;

  /**
   * Other orders of a bulk have reserved everything that was listed, and use it within moments.
   * Another look then costs less than an entry in the history and another turn.
   */
  private static final int MAX_LOOKS = 4;

  private static final Duration UNTIL_LOOK = Duration.ofSeconds(1);

  private final Step step;
  private final Results results;
  private final Checker checker;
  private final Ownership ownership;

  /** The references that are known to belong to orders of other labels. */
  private final Set<Reference> others = new HashSet<>();

  Placer(Step step) {
    this.step = step;
    this.results = new Results(step);
    this.checker = new Checker(step);
    this.ownership = new Ownership(step);
  }

  // --- REQUESTED: find out what is needed, then write ---

  Uni<Order> prepare() {
    return prepare(MAX_LOOKS - 1);
  }

  private Uni<Order> prepare(int looks) {
    return step.preparation(others)
        .map(Verbatim::boundedPreparation)
        .flatMap(
            answer ->
                switch (answer) {
                  case Success(Ready(var plan), _) -> reserve(plan, looks);
                  case Success(Existing(var progress), _) ->
                      takeFound(
                          OrderState.REQUESTED,
                          progress,
                          () -> placed(progress),
                          () -> prepare(looks));
                  case Failed(Refused(var error)) -> refused(error);
                  case Failed(var failure) -> results.failed(OrderState.REQUESTED, failure);
                });
  }

  /**
   * Takes the first candidate that no other order has, so that none is used twice. The candidate of
   * the previous generation may serve the renewal as well.
   */
  private Uni<Order> reserve(Plan plan, int looks) {
    Order order = step.order();
    Placement planned = order.placement().withPlan(plan.settings());
    if (plan.candidates().isEmpty()) {
      return place(order.with(planned), 1);
    }
    Iterator<Reference> candidates = ownFirst(order.reference(), plan.candidates()).iterator();
    return reserve(candidates)
        .flatMap(
            reserved ->
                place(
                    order.with(planned.withReference(reserved.orElse(null))),
                    1,
                    error ->
                        reserved.isEmpty() && looksAgain(error, looks)
                            ? Uni.createFrom()
                                .voidItem()
                                .onItem()
                                .delayIt()
                                .by(UNTIL_LOOK)
                                .flatMap(later -> prepare(looks - 1))
                            : refused(error, candidates, MAX_CANDIDATES - 1)));
  }

  private boolean looksAgain(VendorError error, int looks) {
    return looks > 0
        && error.errorClass() == ErrorClass.RETRY
        && step.urgency().compareTo(Urgency.BULK) >= 0
        && step.now().plus(UNTIL_LOOK).isBefore(step.deadline());
  }

  /** The vendor may accept with another candidate what it refused with this one. */
  private Uni<Order> refused(VendorError error, Iterator<Reference> others, int more) {
    if (more == 0 || !step.provider().isAboutCandidate(error)) {
      return refused(error);
    }
    return reserve(others)
        .flatMap(
            next -> next.isPresent() ? placeWith(next.get(), error, others, more) : refused(error));
  }

  private Uni<Order> placeWith(
      Reference candidate, VendorError before, Iterator<Reference> others, int more) {
    Order order = step.order();
    Order draft = order.withIntent(null).with(order.placement().withReference(candidate));
    String why = Results.describe(before) + "; goes on with " + candidate.key();
    return step.record(
            step.enter(draft, OrderState.REQUESTED).withNextStepAt(step.now()),
            why,
            before.requestId())
        .flatMap(next -> place(next, 1, error -> refused(error, others, more - 1)));
  }

  /**
   * A candidate that an earlier try reserved, and may have paid for, is not given up for another
   * one.
   */
  private static List<Reference> ownFirst(@Nullable Reference own, List<Reference> candidates) {
    return candidates.stream()
        .sorted(Comparator.comparing(candidate -> !candidate.equals(own)))
        .toList();
  }

  private Uni<Optional<Reference>> reserve(Iterator<Reference> candidates) {
    if (!candidates.hasNext()) {
      return Uni.createFrom().item(Optional.empty());
    }
    Reference candidate = candidates.next();
    return step.reserveInLine(candidate)
        .flatMap(
            ours -> ours ? Uni.createFrom().item(Optional.of(candidate)) : reserve(candidates));
  }

  /**
   * Goes on with what was bought, unless another order found and took it in between. It is reserved
   * before it is on record, so that no other order can use what an order names as its own.
   */
  private Uni<Order> keepAndPlace(Progress bought, int write) {
    return step.reserveInLine(bought.reference())
        .flatMap(
            ours ->
                ours
                    ? results.progressed(bought).flatMap(kept -> place(step.order(), write))
                    : startAgain("another order took " + bought.reference().key(), null));
  }

  private Uni<Order> startAgain(String why, @Nullable String requestId) {
    Order order = step.order();
    Order draft = order.withIntent(null).with(order.placement().withReference(null));
    return step.record(
        step.enter(draft, OrderState.REQUESTED).withNextStepAt(step.now()), why, requestId);
  }

  private Uni<Order> place(Order wanted, int write) {
    return place(wanted, write, this::refused);
  }

  /**
   * @param refused what becomes of the order when the vendor refuses its first write
   */
  private Uni<Order> place(Order wanted, int write, Function<VendorError, Uni<Order>> refused) {
    return step.provider()
        .place(wanted.application(), step.writing(wanted))
        .map(Verbatim::bounded)
        .flatMap(
            answer ->
                switch (answer) {
                  case Success(var bought, _)
                      when bought.phase() == Phase.PLACING && write < MAX_WRITES ->
                      keepAndPlace(bought, write + 1);
                  case Success(var progress, _) -> placed(progress, wanted);
                  case Failed(Refused(var error)) -> refused.apply(error);
                  case Failed(Unclear(var error)) -> unclear(error);
                  case Failed(var failure) -> results.failed(OrderState.REQUESTED, failure);
                });
  }

  private Uni<Order> placed(Progress progress, Order wanted) {
    return ownership
        .takePlaced(progress.reference())
        .flatMap(
            kept ->
                kept.isPresent()
                    ? refused(kept.get())
                    : results
                        .progressed(
                            progress,
                            draft ->
                                draft.with(draft.placement().withPlan(wanted.placement().plan())))
                        .flatMap(order -> checker.follow()));
  }

  private Uni<Order> placed(Progress progress) {
    return results.progressed(progress).flatMap(placed -> checker.follow());
  }

  /**
   * Takes what a look-up has shown; looks for another one while an order of another label has it.
   *
   * @param present the order's state, in which it waits when there is no other one
   */
  private Uni<Order> takeFound(
      OrderState present,
      Progress progress,
      Supplier<Uni<Order>> take,
      Supplier<Uni<Order>> again) {
    return ownership
        .takeFound(progress.reference())
        .flatMap(
            kept -> {
              if (kept.isEmpty()) {
                return take.get();
              }
              if (others.add(progress.reference())) {
                return again.get();
              }
              VendorError why = kept.get();
              return why.errorClass() == ErrorClass.FINAL
                  ? results.fails(why)
                  : results.stays(present, why);
            });
  }

  private Uni<Order> refused(VendorError error) {
    return switch (error.errorClass()) {
      case RETRY, THROTTLED, PENDING -> results.stays(OrderState.REQUESTED, error);
      case ALREADY_APPLIED -> unclear(error);
      case QUOTA, CREDENTIALS, NEEDS_USER, CLOCK, FINAL -> results.fails(error);
    };
  }

  private Uni<Order> unclear(VendorError error) {
    return results
        .unclear(error)
        .flatMap(unclear -> step.timeLeft() ? reconcile() : Uni.createFrom().item(unclear));
  }

  // --- a write without a result: look before anything is sent again ---

  Uni<Order> reconcile() {
    return step.provider()
        .find(step.order().application().beside(others), step.reading())
        .map(Verbatim::bounded)
        .flatMap(
            answer ->
                switch (answer) {
                  case Success(var found, _) when found.phase() == Phase.PLACING ->
                      keepAndPlace(found, 2);
                  case Success(var found, _) ->
                      takeFound(OrderState.UNCERTAIN, found, () -> placed(found), this::reconcile);
                  case Failed(Absent absent) -> absent(absent);
                  case Failed(var failure) -> results.failed(OrderState.UNCERTAIN, failure);
                });
  }

  private Uni<Order> absent(Absent absent) {
    Order order = step.order();
    Intent intent = order.intent();
    Instant now = step.now();
    if (intent != null && now.isBefore(step.pace().settled(intent))) {
      Instant settled = step.pace().settled(intent);
      // A write that is looked for again and again is also sent again and again, but less and less
      // often.
      Instant next = step.pace().nextTry(order, now);
      return results.waits(
          OrderState.UNCERTAIN,
          new Deferred(
              next.isAfter(settled) ? next : settled,
              "the vendor's lists may lag behind the last call"));
    }
    return startAgain("the vendor has no such application", absent.requestId())
        .flatMap(
            again ->
                step.timeLeft() && step.pace().sendable(again, step.now())
                    ? prepare()
                    : Uni.createFrom().item(again));
  }
}
