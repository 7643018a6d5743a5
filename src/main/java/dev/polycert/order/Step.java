package dev.polycert.order;

import dev.polycert.call.CallContext;
import dev.polycert.call.VendorError;
import dev.polycert.call.VendorText;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Outcome;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Reference;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One order while a step is taken with it: the only place that changes orders.
 *
 * <p>It keeps the order as this step last recorded it. Every record is a compare-and-set on the
 * version, so a step that somebody else has overtaken ends with {@link StaleOrderException} before
 * it sends anything.
 */
final class Step {
  final CertificateProvider provider;
  final Instant deadline;
  private final OrderBook book;
  private final OrderWatch watch;
  private final Pace pace;
  private final OrderConfig config;
  private final Clock clock;
  private final long startVersion;
  private volatile Order order;

  Step(
      Order order,
      CertificateProvider provider,
      Instant deadline,
      OrderBook book,
      OrderWatch watch,
      Pace pace,
      OrderConfig config,
      Clock clock) {
    this.order = order;
    this.startVersion = order.version();
    this.provider = provider;
    this.deadline = deadline;
    this.book = book;
    this.watch = watch;
    this.pace = pace;
    this.config = config;
    this.clock = clock;
  }

  Order order() {
    return order;
  }

  Instant now() {
    return clock.instant();
  }

  boolean timeLeft() {
    return now().isBefore(deadline);
  }

  /** Whether this step has already recorded something. */
  boolean fresh() {
    return order.version() > startVersion;
  }

  /** The times of the order's state. */
  StateTimes times() {
    return new StateTimes(this, pace, config);
  }

  /** The times of the order's certificate. */
  RenewalTimes renewal() {
    return new RenewalTimes(this);
  }

  /** When whoever takes this step can no longer be at work. */
  Instant leaseEnd() {
    return deadline.plus(config.lease());
  }

  /** The writes that are announced before they are made. */
  Intents intents() {
    return new Intents(this, config);
  }

  /** Records what we do for the order ourselves. */
  OwnWork ownWork() {
    return new OwnWork(this);
  }

  /** A context for reads and for triggers that may be repeated at will. */
  CallContext reading() {
    return calling(operation -> Uni.createFrom().voidItem());
  }

  /** A context for calls about this order's domain; orders of its wildcard are about the same. */
  CallContext calling(Function<String, Uni<Void>> intent) {
    return new CallContext(deadline, intent).about(order.domain().base());
  }

  /** Keeps something at the vendor for this order alone; false when another order has it. */
  Uni<Boolean> reserve(Reference reference) {
    String resource = order.provider() + "/" + order.account() + "/" + reference.key();
    return book.reserve(resource, order.id());
  }

  /** Records that the vendor told where the application stands. */
  Uni<Order> progressed(Outcome.Progress progress) {
    return progressed(progress, change -> {});
  }

  /** As above, with something more to record. */
  Uni<Order> progressed(Outcome.Progress progress, Consumer<OrderChange> more) {
    OrderState state = Phases.state(progress.phase(), order.state());
    if (order.state() == OrderState.ISSUED && state == OrderState.ISSUED && nothingNew(progress)) {
      return Uni.createFrom().item(order);
    }
    OrderChange change =
        order
            .change()
            .reference(progress.reference())
            .vendorStatus(progress.vendorStatus())
            .message(progress.message())
            .error(null)
            .intent(null);
    if (!progress.validations().isEmpty()) {
      change.validations(progress.validations());
    }
    if (progress.certificate() != null) {
      change.certificate(progress.certificate());
    }
    if (state == OrderState.FAILED) {
      change.error(Phases.failure(progress));
    }
    times().enter(change, state);
    if (state == OrderState.ISSUED && progress.phase() != Phase.ISSUED) {
      // The vendor is at something (revoking, say) that will have an end.
      change.nextStepAt(times().nextLook());
    } else if (state == OrderState.ISSUED) {
      renewal().told(change, progress);
    }
    more.accept(change);
    String why = provider.descriptor().id() + " says " + progress.vendorStatus();
    String message = progress.message();
    return write(change, message == null ? why : why + ": " + message, progress.requestId());
  }

  private boolean nothingNew(Outcome.Progress progress) {
    return progress.vendorStatus().equals(order.vendorStatus())
        && order.error() == null
        && order.intent() == null
        && (progress.certificate() == null || progress.certificate().equals(order.certificate()));
  }

  /** Records that a write may have taken effect, the last time that it was sent just now. */
  Uni<Order> unclear(VendorError error) {
    return stays(order.change().intent(intents().left()), OrderState.UNCERTAIN, error);
  }

  /** Records an error that leaves the order where it is, to be tried again. */
  Uni<Order> stays(OrderState state, VendorError error) {
    return stays(order.change(), state, error);
  }

  private Uni<Order> stays(OrderChange change, OrderState state, VendorError error) {
    change.error(error);
    if (state == OrderState.REQUESTED) {
      change.intent(null);
    }
    times().enter(change, state);
    if (state == OrderState.ISSUED) {
      if (intents().ends()) {
        // It is due for that, and not at the times of its certificate.
        change.nextStepAt(times().nextLook());
      }
      return write(change, describe(error), error.requestId());
    }
    if (error.retryAfter() != null) {
      change.nextStepAt(now().plus(Objects.requireNonNull(error.retryAfter())));
    }
    return write(change, describe(error), error.requestId());
  }

  /** Records that nothing was sent because there was no time or token; the order waits. */
  Uni<Order> waits(OrderState state, Outcome.Deferred deferred) {
    if (state == OrderState.ISSUED) {
      return Uni.createFrom().item(order);
    }
    OrderChange change = order.change();
    if (state != OrderState.UNCERTAIN) {
      change.intent(null);
    }
    times().enterUncounted(change, state);
    change.nextStepAt(deferred.notBefore());
    return write(change, "waits: " + deferred.reason(), null);
  }

  /** Records that the information was not taken, or may not have been. */
  Uni<Order> notSubmitted(VendorError error) {
    OrderChange change = order.change().error(error).intent(null);
    times().enter(change, OrderState.PENDING_INFORMATION);
    return write(change, describe(error), error.requestId());
  }

  /** Records a hint that a step is worth it now: those that follow come fast again. */
  Uni<Order> hinted(String why) {
    return write(order.change().attempts(0), why, null);
  }

  /** Records an end by name. */
  Uni<Order> fails(VendorError error) {
    OrderChange change = order.change().error(error).intent(null);
    times().enter(change, OrderState.FAILED);
    return write(change, describe(error), error.requestId());
  }

  /** Records that the vendor is about to end what it has: the next steps look whether it has. */
  Uni<Order> endsSoon(Outcome.Progress progress) {
    return progressed(
        progress, change -> change.intent(new Intent(progress.vendorStatus(), now(), now(), true)));
  }

  /** Records that something was done which changes nothing. */
  Uni<Order> notes(String why, @Nullable String requestId) {
    return write(untold(order.change()), why, requestId);
  }

  /** People have been told of what is issued once its first record was looked at again. */
  OrderChange untold(OrderChange change) {
    return order.state() == OrderState.ISSUED
        ? change.attempts(Math.max(order.attempts(), 1))
        : change;
  }

  /** Records something that left the order where it was before this step. */
  Uni<Order> keeps(Order before, String why, @Nullable String requestId) {
    OrderChange change = order.change().intent(null).nextStepAt(before.nextStepAt());
    return write(untold(change), why, requestId);
  }

  /** Records that the vendor has nothing of the order any more; an end by another name stays. */
  Uni<Order> gone(String vendorStatus, @Nullable String requestId) {
    OrderChange change = order.change().vendorStatus(vendorStatus).intent(null);
    times().enter(change, order.state().ended() ? order.state() : OrderState.CANCELLED);
    String why = provider.descriptor().id() + " has it no more: " + vendorStatus;
    return write(change, why, requestId);
  }

  /** Records that we ourselves end an order of which nothing was sent. */
  Uni<Order> cancels(String why) {
    OrderChange change = order.change().intent(null);
    times().enter(change, OrderState.CANCELLED);
    return write(change, why, null);
  }

  /** Records any other change. */
  Uni<Order> write(OrderChange change, String reason, @Nullable String requestId) {
    return write(change, reason, requestId, now());
  }

  /** As above, at a time that the change itself tells of. */
  Uni<Order> write(OrderChange change, String reason, @Nullable String requestId, Instant now) {
    String why = VendorText.clean(reason);
    return book.transition(scheduled(change, now), why, requestId)
        .onFailure(failure -> !(failure instanceof StaleOrderException))
        .retry()
        .withBackOff(Duration.ofMillis(50), Duration.ofSeconds(1))
        .atMost(3)
        .invoke(
            recorded -> {
              watch.recorded(order, recorded, why, requestId);
              order = recorded;
            });
  }

  /** Whatever is recorded, what is left to do comes in time. */
  private Order scheduled(OrderChange change, Instant now) {
    Order next = change.at(now);
    Instant step = next.nextStepAt();
    return Upkeep.next(next)
        .filter(at -> step == null || at.isBefore(step))
        .map(at -> change.nextStepAt(at).at(now))
        .orElse(next);
  }

  static String describe(VendorError error) {
    return error.errorClass() + " " + error.code() + ": " + error.message();
  }
}
