package dev.polycert.order;

import dev.polycert.call.CallContext;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Announces an order's writes before they are made, and tells what is known of the last one. */
final class Intents {
  private final Step step;
  private final OrderConfig config;

  Intents(Step step, OrderConfig config) {
    this.step = step;
    this.config = config;
  }

  /**
   * Whether the last unclear write is so recent that a look-up which shows nothing proves nothing.
   */
  boolean unsettled() {
    Intent intent = step.order().intent();
    return intent != null && step.now().isBefore(settled(intent));
  }

  /** When a look-up that shows nothing is to be believed. */
  Instant settledAt() {
    Intent intent = step.order().intent();
    return intent == null ? step.now() : settled(intent);
  }

  /**
   * A write is repeated for as long as its writer has time, each time as late as the vendor asks.
   */
  private Instant settled(Intent intent) {
    Instant writersTime = intent.until().minus(config.lease());
    Instant lastSend = writersTime.isAfter(intent.at()) ? writersTime : intent.at();
    return lastSend.plus(config.settle());
  }

  /** The last write as its writer leaves it now, not knowing what became of it. */
  @Nullable Intent left() {
    Intent intent = step.order().intent();
    return intent == null
        ? null
        : new Intent(intent.operation(), step.now(), step.now(), intent.ends());
  }

  /** Whether somebody may be between a write's intent and its result just now. */
  boolean othersAtWork() {
    Intent intent = step.order().intent();
    return intent != null
        && step.order().state() != OrderState.UNCERTAIN
        && intent.mayBeAtWork(step.now());
  }

  /** Whether the vendor was told to end what it has, and may not have done so yet. */
  boolean ends() {
    Intent intent = step.order().intent();
    return intent != null && intent.ends();
  }

  /**
   * As {@link #ends}; of an order that has ended since, nobody looks any more what became of it.
   */
  boolean ending() {
    return ends() && !step.order().state().ended();
  }

  /** A context whose writes are recorded as the order's intent first. */
  CallContext writing(OrderChange prepared) {
    return step.calling(operation -> intend(prepared, operation));
  }

  /**
   * A context whose writes are recorded as intents of an order that stays in its state meanwhile.
   *
   * @param ends as in {@link Intent}; should this process die, the sweep then finds out
   */
  CallContext keeping(boolean ends) {
    return step.calling(
        operation -> {
          Order order = step.order();
          Instant until = step.leaseEnd();
          OrderChange change =
              order.change().intent(new Intent(operation, step.now(), until, ends));
          if (ends && !order.state().ended()) {
            change.nextStepAt(until);
          }
          return step.write(change, "sending " + operation, null).replaceWithVoid();
        });
  }

  private Uni<Void> intend(OrderChange prepared, String operation) {
    Order order = step.order();
    Instant now = step.now();
    // A step of two writes (information, then its commitment) has recorded the first one by now.
    OrderChange change = prepared.isOf(order) ? prepared : order.change();
    OrderState state =
        order.state() == OrderState.PENDING_INFORMATION ? order.state() : OrderState.APPLYING;
    change
        .intent(new Intent(operation, now, step.leaseEnd()))
        .appliedAt(order.appliedAt() == null ? order.noEarlier(now) : order.appliedAt());
    step.times().enterUncounted(change, state);
    return step.write(change, "sending " + operation, null).replaceWithVoid();
  }
}
