package dev.polycert.order;

import dev.polycert.provider.Descriptor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When an order's next step is worth taking, and when its state ends by name. */
@ApplicationScoped
class Pace {
  /** Front-loaded: most validations are published within minutes, the rest takes hours. */
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1), // 2 min since the state was entered
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10), // 19 min
          Duration.ofMinutes(30)); // and on to the deadline

  private final OrderConfig config;

  Pace(OrderConfig config) {
    this.config = config;
  }

  /** The end of a state entered now; null for states without one. */
  @Nullable Instant deadline(OrderState state, Descriptor provider, Instant now) {
    if (!state.open()) {
      return null;
    }
    return now.plus(
        state == OrderState.PENDING_VALIDATION ? provider.validationDeadline() : config.deadline());
  }

  /** The time of the next step after so many in the same state; null for states without one. */
  @Nullable Instant nextStep(OrderId id, OrderState state, int attempts, Instant now) {
    if (!state.open()) {
      return null;
    }
    Duration step = STEPS.get(Math.min(attempts, STEPS.size() - 1));
    // Up to a tenth more, the same for every run, so that orders of one request spread out.
    long spread = Math.floorMod(id.hashCode(), 1000) * step.toMillis() / 10_000;
    return now.plus(step).plusMillis(spread);
  }
}
