package dev.polycert.rate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A time that the instances agree on: each one's clock, put forward whenever another one proves to
 * be ahead, so that all follow the fastest. It never goes back, whatever is done to a clock.
 *
 * <p>Two instances differ by no more than their clocks do, and by no more than the shortest time
 * that ever passed from one's taking slots to the other's: an instance that takes slots and finds
 * that the one before it did so "later" than it is now, is behind at least by the difference. Where
 * clocks are kept by a time service, as AWS does, nothing is ever put forward.
 */
final class SharedTime {
  private final Clock clock;
  private Duration ahead = Duration.ZERO;
  private Instant last = Instant.MIN;

  SharedTime(Clock clock) {
    this.clock = clock;
  }

  synchronized Instant now() {
    heed(last);
    last = clock.instant().plus(ahead);
    return last;
  }

  /**
   * Takes note of a time that has already been somewhere.
   *
   * @return whether that was news
   */
  synchronized boolean heed(Instant seen) {
    Instant now = clock.instant().plus(ahead);
    if (!seen.isAfter(now)) {
      return false;
    }
    ahead = ahead.plus(Duration.between(now, seen));
    return true;
  }

  /** That time by this machine's clock. */
  synchronized Instant local(Instant shared) {
    return shared.minus(ahead);
  }

  synchronized Instant shared(Instant local) {
    return local.plus(ahead);
  }
}
