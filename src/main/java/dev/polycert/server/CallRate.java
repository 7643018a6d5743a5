package dev.polycert.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Limits the calls in a period: a token bucket that holds the calls of one period. Its only state
 * is the time at which it will be full again.
 */
final class CallRate {
  private final Duration held;
  private final Clock clock;
  private final long spacingNanos;
  private Instant full = Instant.MIN;

  /**
   * @param calls the limit for each period; 0 for none
   */
  CallRate(int calls, Duration period, Clock clock) {
    this.held = period;
    this.clock = clock;
    this.spacingNanos = calls == 0 ? 0 : period.toNanos() / calls;
  }

  /** Takes a token; returns zero, or how long to wait until there is one. */
  synchronized Duration take() {
    Instant now = clock.instant();
    Instant next = next(now);
    Duration wait = wait(now, next);
    if (wait.isZero()) {
      full = next;
    }
    return wait;
  }

  /** As {@link #take}, without taking one. */
  synchronized Duration look() {
    Instant now = clock.instant();
    return wait(now, next(now));
  }

  private Instant next(Instant now) {
    // A clock that was set back must not keep all callers out until it has caught up.
    boolean usable = full.isAfter(now) && !full.isAfter(now.plus(held));
    return (usable ? full : now).plusNanos(spacingNanos);
  }

  private Duration wait(Instant now, Instant next) {
    Duration wait = Duration.between(now.plus(held), next);
    return wait.isPositive() ? wait : Duration.ZERO;
  }
}
