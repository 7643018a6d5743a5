package dev.polycert.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Bounds how many calls are answered in a period: a token bucket that holds those of one period. It
 * keeps the time at which it would be full again, and nothing else.
 */
final class CallRate {
  private final Duration held;
  private final Clock clock;
  private final long spacingNanos;
  private Instant full = Instant.MIN;

  /**
   * @param calls in each period; 0 for any number
   */
  CallRate(int calls, Duration period, Clock clock) {
    this.held = period;
    this.clock = clock;
    this.spacingNanos = calls == 0 ? 0 : period.toNanos() / calls;
  }

  /** Takes a token: zero, or how long it takes until there is one. */
  synchronized Duration take() {
    Instant now = clock.instant();
    // A clock that was set back must not keep everybody out until it is where it was.
    boolean usable = full.isAfter(now) && !full.isAfter(now.plus(held));
    Instant next = (usable ? full : now).plusNanos(spacingNanos);
    Duration wait = Duration.between(now.plus(held), next);
    if (wait.isPositive()) {
      return wait;
    }
    full = next;
    return Duration.ZERO;
  }
}
