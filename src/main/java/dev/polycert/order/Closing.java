package dev.polycert.order;

import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.Outcome;
import dev.polycert.provider.Phase;
import dev.polycert.provider.RevocationReason;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/**
 * Ends an order at its vendor. The writes may be repeated, because the vendor refuses the second
 * one; so an unclear answer is followed by a look and never makes an order {@code UNCERTAIN}.
 */
final class Closing {
  private static final String DELETED = "deleted";
  private static final String UNKNOWN = "not known there";

  private Closing() {}

  static Uni<Closed> close(Step step, Closure closure, RevocationReason reason) {
    Order before = step.order();
    if (before.state() == OrderState.REQUESTED) {
      return step.cancels("cancelled before anything was sent").map(o -> new Closed(o, true, null));
    }
    return write(step, closure, reason)
        .map(Verbatim::bounded)
        .flatMap(
            outcome ->
                switch (outcome) {
                  case Outcome.Progress progress -> told(step, before, closure, progress);
                  case Outcome.Absent absent -> absent(step, before, closure, absent);
                  case Outcome.Refused(VendorError error) -> kept(step, before, closure, error);
                  case Outcome.Unclear(VendorError error) -> look(step, before, closure, error);
                  case Outcome.Deferred deferred ->
                      kept(step, before, closure, Asking.deferred(deferred));
                  case Outcome.Ready ready ->
                      throw new IllegalStateException(closure + " answered with a plan");
                });
  }

  private static Uni<Outcome> write(Step step, Closure closure, RevocationReason reason) {
    Application application = step.order().application();
    CallContext context = step.intents().keeping(true);
    return switch (closure) {
      case CANCEL -> step.provider.cancel(application, context);
      case DELETE -> step.provider.delete(application, context);
      case REVOKE -> step.provider.revoke(application, reason, context);
    };
  }

  private static Uni<Closed> told(
      Step step, Order before, Closure closure, Outcome.Progress progress) {
    Uni<Order> recorded =
        before.state().ended()
            ? step.keeps(before, closure + ": " + progress.vendorStatus(), progress.requestId())
            : record(step, progress);
    return recorded.map(
        order -> {
          boolean done = done(order, closure);
          return new Closed(order, done, done ? null : tooLate(order, closure));
        });
  }

  private static Uni<Order> record(Step step, Outcome.Progress progress) {
    boolean begun = progress.phase() == Phase.UNKNOWN;
    return begun ? step.endsSoon(progress) : step.progressed(progress);
  }

  /** Null while the vendor is at it. */
  private static @Nullable VendorError tooLate(Order order, Closure closure) {
    return closure.fits(order.state())
        ? null
        : new VendorError(ErrorClass.FINAL, "TooLate", "it is " + order.state() + " by now");
  }

  private static boolean done(Order order, Closure closure) {
    return switch (closure) {
      case CANCEL -> order.state() == OrderState.CANCELLED;
      case REVOKE -> order.state() == OrderState.REVOKED;
      case DELETE -> DELETED.equals(order.vendorStatus());
    };
  }

  /** What is not there needs no cancelling and no deleting; whether it was revoked nobody knows. */
  private static Uni<Closed> absent(
      Step step, Order before, Closure closure, Outcome.Absent absent) {
    if (closure == Closure.REVOKE) {
      return kept(step, before, closure, Asking.unknownAtVendor());
    }
    return step.gone(closure == Closure.DELETE ? DELETED : UNKNOWN, absent.requestId())
        .map(order -> new Closed(order, true, null));
  }

  private static Uni<Closed> kept(Step step, Order before, Closure closure, VendorError error) {
    return step.keeps(before, closure + ": " + Step.describe(error), error.requestId())
        .map(order -> new Closed(order, false, error));
  }

  private static Uni<Closed> look(Step step, Order before, Closure closure, VendorError unclear) {
    return step.provider
        .look(step.order().application(), step.reading())
        .map(Verbatim::bounded)
        .flatMap(
            outcome ->
                switch (outcome) {
                  case Outcome.Progress progress ->
                      told(step, before, closure, progress)
                          .map(seen -> seen.done() ? seen : with(seen, unclear));
                  case Outcome.Absent absent -> absent(step, before, closure, absent);
                  // The intent stays, so that the next step looks again.
                  default -> Uni.createFrom().item(new Closed(step.order(), false, unclear));
                });
  }

  private static Closed with(Closed seen, VendorError error) {
    return new Closed(seen.order(), false, error);
  }

  /** Finds out what became of a write without a recorded result. */
  static Uni<Order> settle(Step step) {
    return step.provider
        .look(step.order().application(), step.reading())
        .map(Verbatim::bounded)
        .flatMap(
            outcome ->
                switch (outcome) {
                  case Outcome.Progress progress -> record(step, progress);
                  case Outcome.Absent absent -> step.gone(UNKNOWN, absent.requestId());
                  case Outcome.Refused(VendorError error)
                      when error.errorClass() == ErrorClass.PENDING ->
                      step.keeps(step.order(), Step.describe(error), error.requestId());
                  case Outcome.Refused(VendorError error) ->
                      step.stays(step.order().state(), error);
                  case Outcome.Unclear(VendorError error) ->
                      step.stays(step.order().state(), error);
                  case Outcome.Deferred deferred -> Uni.createFrom().item(step.order());
                  case Outcome.Ready ready ->
                      throw new IllegalStateException("check answered with a plan");
                });
  }
}
