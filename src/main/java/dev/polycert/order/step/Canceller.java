package dev.polycert.order.step;

import dev.polycert.call.Answer;
import dev.polycert.call.Answer.Failed;
import dev.polycert.call.Answer.Success;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure.Absent;
import dev.polycert.call.Failure.Deferred;
import dev.polycert.call.Failure.Refused;
import dev.polycert.call.Failure.Unclear;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.order.Cancellation;
import dev.polycert.order.Intent;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.RevocationReason;
import io.smallrye.mutiny.Uni;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Ends an order at its vendor. The writes may be repeated, because the vendor refuses the second
 * one; so an unclear answer is followed by a look and never makes an order {@code UNCERTAIN}.
 */
public final class Canceller {
  private static final String UNKNOWN = "not known there";

  private final Step step;
  private final Results results;

  /** Adds to the result what is known of it beside the vendor's answer. */
  private UnaryOperator<Order> more = UnaryOperator.identity();

  public Canceller(Step step) {
    this.step = step;
    this.results = new Results(step);
  }

  /** Ends the order and answers with the result. */
  public Uni<Cancellation> end(Cancellation.Kind kind, RevocationReason reason) {
    Order before = step.order();
    if (before.state() == OrderState.REQUESTED) {
      return results
          .cancelled("cancelled before anything was sent")
          .map(order -> new Cancellation(order, true, null));
    }
    if (kind == Cancellation.Kind.REVOKE) {
      more = order -> order.with(order.issuance().withRevokedFor(reason));
    }
    return write(kind, reason)
        .map(Verbatim::bounded)
        .flatMap(
            answer ->
                switch (answer) {
                  case Success(var progress, _) -> reported(before, kind, progress);
                  case Failed(Absent absent) -> absent(before, kind, absent);
                  case Failed(Unclear(var error)) -> look(before, kind, error);
                  case Failed(var failure) -> kept(before, kind, failure.error());
                });
  }

  /** Reports that the key of a certificate that is revoked already is compromised. */
  public Uni<Cancellation> reportCompromise() {
    Order before = step.order();
    RevocationReason reason = RevocationReason.KEY_COMPROMISE;
    return step.provider()
        .reportCompromise(before.application(), step.keeping(true))
        .map(Verbatim::bounded)
        .flatMap(
            answer ->
                switch (answer) {
                  case Success(var progress, _) -> {
                    Order order = step.order().withIntent(null);
                    Order draft = order.with(order.issuance().withRevokedFor(reason));
                    yield step.record(
                            Results.noNews(draft),
                            "REVOKE for %s: %s".formatted(reason, progress.vendorStatus()),
                            progress.requestId())
                        .map(recorded -> new Cancellation(recorded, true, null));
                  }
                  case Failed(var failure) ->
                      kept(before, Cancellation.Kind.REVOKE, failure.error());
                });
  }

  /**
   * Ends an application that is not issued without its vendor.
   *
   * @param why the vendor cannot be asked
   */
  public Uni<Cancellation> giveUp(VendorError why) {
    Order order = step.order();
    String left =
        "ended here alone, and %s may still have %s: it could not be asked, because %s"
            .formatted(order.provider(), reference(order), why.message());
    return results
        .ends(
            order.with(order.report().withMessage(left)).withError(why),
            OrderState.CANCELLED,
            left,
            null)
        .map(ended -> new Cancellation(ended, true, null));
  }

  private static String reference(Order order) {
    return order.reference() == null ? "the application" : order.reference().key();
  }

  private Uni<Answer<Progress>> write(Cancellation.Kind kind, RevocationReason reason) {
    Application application = step.order().application();
    WriteContext context = step.keeping(true);
    return switch (kind) {
      case CANCEL -> step.provider().cancel(application, context);
      case DELETE -> step.provider().delete(application, context);
      case REVOKE -> step.provider().revoke(application, reason, context);
    };
  }

  private Uni<Cancellation> reported(Order before, Cancellation.Kind kind, Progress progress) {
    Uni<Order> recorded =
        before.state().ended()
            ? results.keeps(before, kind + ": " + progress.vendorStatus(), progress.requestId())
            : record(progress);
    return recorded.map(
        order -> {
          boolean done = kind.isDone(order);
          return new Cancellation(order, done, done ? null : tooLate(order, kind));
        });
  }

  /** While the vendor is still ending the order, the next steps look whether it has done so. */
  private Uni<Order> record(Progress progress) {
    return progress.phase() == Phase.UNKNOWN
        ? results.progressed(
            progress,
            draft ->
                more.apply(draft)
                    .withIntent(new Intent(progress.vendorStatus(), step.now(), step.now(), true)))
        : results.progressed(progress, more);
  }

  /** Null while the vendor is still ending it. */
  private static @Nullable VendorError tooLate(Order order, Cancellation.Kind kind) {
    return kind.fits(order.state())
        ? null
        : new VendorError(ErrorClass.FINAL, "TooLate", "it is " + order.state() + " by now");
  }

  /**
   * Something that does not exist needs no cancelling and no deleting; whether it was revoked is
   * unknown.
   */
  private Uni<Cancellation> absent(Order before, Cancellation.Kind kind, Absent absent) {
    if (kind == Cancellation.Kind.REVOKE) {
      return kept(before, kind, absent.error());
    }
    return gone(
            kind == Cancellation.Kind.DELETE ? Cancellation.DELETED : UNKNOWN, absent.requestId())
        .map(order -> new Cancellation(order, true, null));
  }

  /** Records that the vendor has nothing of the order any more; an end by another name stays. */
  private Uni<Order> gone(String vendorStatus, @Nullable String requestId) {
    Order order = step.order();
    return results.ends(
        order.with(order.report().withVendorStatus(vendorStatus)),
        order.state().ended() ? order.state() : OrderState.CANCELLED,
        step.provider().descriptor().id() + " has it no more: " + vendorStatus,
        requestId);
  }

  private Uni<Cancellation> kept(Order before, Cancellation.Kind kind, VendorError error) {
    return results
        .keeps(before, kind + ": " + Results.describe(error), error.requestId())
        .map(order -> new Cancellation(order, false, error));
  }

  private Uni<Cancellation> look(Order before, Cancellation.Kind kind, VendorError unclear) {
    return look()
        .flatMap(
            answer ->
                switch (answer) {
                  case Success(var progress, _) ->
                      reported(before, kind, progress)
                          .map(seen -> seen.done() ? seen : seen.withError(unclear));
                  case Failed(Absent absent) -> absent(before, kind, absent);
                  // The intent stays, so that the next step looks again.
                  case Failed(_) ->
                      Uni.createFrom().item(new Cancellation(step.order(), false, unclear));
                });
  }

  private Uni<Answer<Progress>> look() {
    return step.provider().look(step.order().application(), step.reading()).map(Verbatim::bounded);
  }

  /** Looks up the result of a write that has none on record. */
  Uni<Order> settle() {
    Order order = step.order();
    return look()
        .flatMap(
            answer ->
                switch (answer) {
                  case Success(var progress, _) -> record(progress);
                  case Failed(Absent absent) -> gone(UNKNOWN, absent.requestId());
                  case Failed(Refused(var error)) when error.errorClass() == ErrorClass.PENDING ->
                      results.keeps(order, Results.describe(error), error.requestId());
                  case Failed(Deferred _) -> Uni.createFrom().item(order);
                  case Failed(var failure) -> results.failed(order.state(), failure);
                });
  }
}
