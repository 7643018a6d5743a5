package dev.polycert.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Bounds how many calls a second are answered: a token bucket that holds those of one second. It
 * keeps the time at which it would be full again, and nothing else.
 */
final class CallRate {
  private static final Duration HELD = Duration.ofSeconds(1);

  private final Clock clock;
  private final long spacingNanos;
  private Instant full = Instant.MIN;

  /**
   * @param perSecond 0 for any number
   */
  CallRate(int perSecond, Clock clock) {
    this.clock = clock;
    this.spacingNanos = perSecond == 0 ? 0 : HELD.toNanos() / perSecond;
  }

  /** Takes a token: zero, or how long it takes until there is one. */
  synchronized Duration take() {
    Instant now = clock.instant();
    // A clock that was set back must not keep everybody out until it is where it was.
    boolean usable = full.isAfter(now) && !full.isAfter(now.plus(HELD));
    Instant next = (usable ? full : now).plusNanos(spacingNanos);
    Duration wait = Duration.between(now.plus(HELD), next);
    if (wait.isPositive()) {
      return wait;
    }
    full = next;
    return Duration.ZERO;
  }
}
