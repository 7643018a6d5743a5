package dev.polycert.order.step;

import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.order.Intent;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.Report;
import dev.polycert.order.Upkeep;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Terms;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Records the results of calls. What a failure does to an order by default is decided here; a
 * question overrides it only where its failure means something else.
 */
public final class Results {
  private final Step step;

  public Results(Step step) {
    this.step = step;
  }

  /** Records where the application stands, as the vendor reports it. */
  Uni<Order> progressed(Progress progress) {
    return progressed(progress, UnaryOperator.identity());
  }

  /** As above, with something more to record. */
  Uni<Order> progressed(Progress progress, UnaryOperator<Order> more) {
    Order order = step.order();
    OrderState state = Phases.state(progress.phase(), order.state());
    boolean issued = state == OrderState.ISSUED;
    if (issued && order.state() == state && nothingNew(order, progress)) {
      return Uni.createFrom().item(order);
    }
    Order entered = ending(step.enter(reported(order, progress), state), progress.until());
    Order next = issued ? issued(order, entered, progress) : entered;
    String why = step.provider().descriptor().id() + " says " + progress.vendorStatus();
    String message = progress.message();
    return step.record(
        more.apply(next), message == null ? why : why + ": " + message, progress.requestId());
  }

  /** Stops waiting for a validation that the vendor has given up. */
  private static Order ending(Order draft, @Nullable Instant until) {
    Instant deadline = draft.deadline();
    boolean sooner =
        draft.state() == OrderState.PENDING_VALIDATION
            && until != null
            && (deadline == null || until.isBefore(deadline));
    return sooner ? draft.with(draft.schedule().withDeadline(until)) : draft;
  }

  private static boolean nothingNew(Order order, Progress progress) {
    return !renewed(order, progress) && order.error() == null && order.intent() == null;
  }

  private static boolean renewed(Order order, Progress progress) {
    return !progress.vendorStatus().equals(order.vendorStatus())
        || (progress.certificate() != null
            && !Objects.equals(spelled(progress.certificate()), spelled(order.certificate())));
  }

  /** Earlier versions recorded the vendor's own spelling. */
  private static @Nullable CertificateFacts spelled(@Nullable CertificateFacts facts) {
    return facts == null ? null : facts.spelled();
  }

  private static Order reported(Order order, Progress progress) {
    var placement = order.placement().withReference(progress.reference());
    var issuance = order.issuance();
    boolean failed = Phases.state(progress.phase(), order.state()) == OrderState.FAILED;
    return order
        .withIntent(null)
        .with(
            progress.validations().isEmpty()
                ? placement
                : placement.withValidations(progress.validations()))
        .with(
            progress.certificate() == null
                ? issuance
                : issuance.withCertificate(progress.certificate().spelled()))
        .with(
            new Report(
                progress.vendorStatus(),
                message(order, progress),
                failed
                    ? Phases.failure(
                        progress.vendorStatus(), progress.message(), progress.requestId())
                    : null));
  }

  /** The vendor's explanation, and whether its certificate is another one than was asked for. */
  private static @Nullable String message(Order order, Progress progress) {
    CertificateFacts facts = spelled(progress.certificate());
    String key = facts == null ? null : facts.keyAlgorithm();
    KeyAlgorithm asked = order.terms().keyAlgorithm();
    // With a CSR the applicant chose the key; for an adopted certificate no request asked for one.
    if (key == null
        || order.terms().information().csr() != null
        || order.watched()
        || !asked.differsFrom(key)) {
      return progress.message();
    }
    String differs = "keyAlgorithm: asked for " + asked + ", the certificate's key is " + key;
    return progress.message() == null ? differs : progress.message() + "; " + differs;
  }

  /**
   * A new order for something that exists at the vendor, as it is to be claimed: with its state,
   * for an order that were REQUESTED first might be placed.
   */
  public Order adopted(Inventory.Item item) {
    Order order = step.order();
    OrderState state = Phases.state(item.phase(), OrderState.REQUESTED);
    boolean failed = state == OrderState.FAILED;
    Order draft =
        order
            .with(order.placement().withReference(item.reference()))
            .with(order.issuance().withCertificate(spelled(item.facts())))
            .with(
                new Report(
                    item.vendorStatus(),
                    null,
                    failed ? Phases.failure(item.vendorStatus(), null, null) : null));
    Order entered = step.enter(draft, state);
    if (state != OrderState.ISSUED) {
      return entered;
    }
    Order issued = step.times().begin(order, entered, step.now());
    // What the vendor's list does not show is asked for at once.
    return item.facts() == null ? issued.withNextStepAt(step.now()) : issued;
  }

  /** Follows the certificate when it is a new one; what is known already changes no time. */
  private Order issued(Order order, Order draft, Progress progress) {
    if (progress.phase() != Phase.ISSUED) {
      // The vendor is busy with something (revoking, say) that will end.
      return draft.withNextStepAt(step.pace().nextLook(order, step.now()));
    }
    if (order.state() != OrderState.ISSUED || renewed(order, progress)) {
      return step.times().begin(order, draft, step.now());
    }
    // The write that should have ended it did not.
    return order.intent() == null ? draft : step.times().resume(draft, step.now());
  }

  /**
   * Records that a call failed, and leaves the order in a state: what was refused or is unclear is
   * tried again, what could not be sent waits, and what the vendor does not know has failed.
   */
  Uni<Order> failed(OrderState state, Failure failure) {
    return switch (failure) {
      case Failure.Refused(VendorError error) -> stays(state, error);
      case Failure.Unclear(VendorError error) -> stays(state, error);
      case Failure.Deferred deferred -> waits(state, deferred);
      case Failure.Absent absent -> fails(absent.error());
    };
  }

  /** Records an error that leaves the order in a state, to be tried again. */
  Uni<Order> stays(OrderState state, VendorError error) {
    return stays(step.order(), state, error);
  }

  /** Records that a write may have taken effect, the last time that it was sent just now. */
  Uni<Order> unclear(VendorError error) {
    Order order = step.order();
    Intent intent = order.intent();
    Order left = order.withIntent(intent == null ? null : intent.left(step.now()));
    return stays(left, OrderState.UNCERTAIN, error);
  }

  private Uni<Order> stays(Order draft, OrderState state, VendorError error) {
    Order order = step.order();
    boolean unsent = state == OrderState.REQUESTED;
    Order next = step.enter((unsent ? draft.withIntent(null) : draft).withError(error), state);
    if (state == OrderState.ISSUED) {
      // While the vendor ends it, it is due for that, and not at the times of its certificate.
      next = order.ends() ? next.withNextStepAt(step.pace().nextLook(order, step.now())) : next;
    } else if (error.retryAfter() != null) {
      Instant now = step.now();
      next = Pace.notBefore(next, now.plus(Objects.requireNonNull(error.retryAfter())), now);
    }
    return step.record(next, describe(error), error.requestId());
  }

  /** Records that nothing was sent because there was no time or token; the order waits. */
  Uni<Order> waits(OrderState state, Failure.Deferred deferred) {
    Order order = step.order();
    if (state == OrderState.ISSUED) {
      return Uni.createFrom().item(order);
    }
    Order draft = state == OrderState.UNCERTAIN ? order : order.withIntent(null);
    return step.record(
        Pace.notBefore(step.enterUncounted(draft, state), deferred.notBefore(), step.now()),
        "waits: " + deferred.reason(),
        null);
  }

  /** Records an end by name. */
  Uni<Order> fails(VendorError error) {
    return ends(
        step.order().withError(error), OrderState.FAILED, describe(error), error.requestId());
  }

  /** Records that we end an order of which nothing was sent. */
  public Uni<Order> cancelled(String why) {
    return ends(step.order(), OrderState.CANCELLED, why, null);
  }

  /** Records an end. */
  Uni<Order> ends(Order draft, OrderState end, String why, @Nullable String requestId) {
    return step.record(step.enter(draft.withIntent(null), end), why, requestId);
  }

  /** Records that an order is renewed from now on, which was watched alone before. */
  public Uni<Order> renews(Terms terms, String why) {
    Order order = step.order();
    Order draft = order.with(order.placement().withTerms(terms).withWatched(false)).asAnnounced();
    boolean issued = order.state() == OrderState.ISSUED;
    return step.record(issued ? step.times().resume(draft, step.now()) : draft, why, null);
  }

  /** Records something that left the order where it was before this step. */
  public Uni<Order> keeps(Order before, String why, @Nullable String requestId) {
    Order draft = step.order().withIntent(null).withNextStepAt(before.nextStepAt());
    return step.record(noNews(draft), why, requestId);
  }

  /** Records that something was done which changes nothing. */
  public Uni<Order> notes(String why, @Nullable String requestId) {
    return step.record(noNews(step.order()), why, requestId);
  }

  /** A draft without a notice. An issued order that still has work left is announced later. */
  static Order noNews(Order draft) {
    return Upkeep.work(draft).isPresent() ? draft : draft.asAnnounced();
  }

  /** An error as the history has it. */
  public static String describe(VendorError error) {
    return error.errorClass() + " " + error.code() + ": " + error.message();
  }
}
