package dev.polycert.order;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** When the state of an order ends by name, and when its next step is worth taking. */
final class StateTimes {
  private final Step step;
  private final Order order;
  private final Pace pace;
  private final OrderConfig config;

  StateTimes(Step step, Pace pace, OrderConfig config) {
    this.step = step;
    this.order = step.order();
    this.pace = pace;
    this.config = config;
  }

  /**
   * Sets a state with its deadline and pace; staying in a state keeps the deadline, and an order
   * that is tried again keeps its pace. The times of an issued order are those of its certificate,
   * so that no check changes when it is renewed.
   */
  void enter(OrderChange change, OrderState state) {
    Order next = change.state(state).at(step.now());
    boolean stays = order.unanswered() ? next.unanswered() : state == order.state();
    int attempts = stays ? order.attempts() + 1 : 0;
    change.attempts(attempts);
    if (!stays || state.open()) {
      change.nextStepAt(pace.nextStep(order.id(), state, attempts, step.now()));
    }
    if (!stays || state != order.state()) {
      change.deadline(deadline(state));
    }
  }

  /** As above, where that is part of a try and none of its own. */
  void enterUncounted(OrderChange change, OrderState state) {
    enter(change, state);
    change.attempts(order.attempts());
    if (order.unanswered()) {
      change.nextStepAt(nextTry());
    }
  }

  /** When a state that is entered now ends by name. */
  private @Nullable Instant deadline(OrderState state) {
    return switch (state) {
      // A try that came to nothing gives no more time to try.
      case REQUESTED -> order.createdAt().plus(config.deadline());
      // What was sent last is looked for from then on, and not from the first look that failed.
      case UNCERTAIN -> order.deadline();
      default -> pace.deadline(state, step.provider.descriptor(), step.now());
    };
  }

  /** Whether an order that waits to be sent may be: within its time, and once however late. */
  boolean sendable() {
    Instant end = order.deadline();
    return order.appliedAt() == null || end == null || step.now().isBefore(end);
  }

  /** When the next step would be worth taking, had this one come to nothing. */
  Instant nextTry() {
    return Objects.requireNonNull(
        pace.nextStep(order.id(), order.state(), order.attempts(), step.now()));
  }

  /** When to look again whether the vendor has ended what it has. */
  @Nullable Instant nextLook() {
    return pace.nextStep(order.id(), OrderState.APPLYING, order.attempts(), step.now());
  }
}
