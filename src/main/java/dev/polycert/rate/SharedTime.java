package dev.polycert.rate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A time that the instances agree on: each one's clock, put forward whenever another instance
 * proves to be ahead, so that all follow the fastest. It never goes back, even when a clock does.
 *
 * <p>An instance that takes slots learns when the instance before it took some. If that is "later"
 * than its own time, it is behind by at least the difference. So two instances differ by no more
 * than their clocks do, and by no more than the shortest time that ever passed between one's taking
 * slots and the other's. Where a time service keeps the clocks, as on AWS, nothing is put forward.
 */
final class SharedTime {
  private final Clock clock;
  private Duration ahead = Duration.ZERO;
  private Instant last = Instant.MIN;

  SharedTime(Clock clock) {
    this.clock = clock;
  }

  synchronized Instant now() {
    catchUp(last);
    last = clock.instant().plus(ahead);
    return last;
  }

  /** Puts the time forward to one that another instance has reached already. */
  synchronized void catchUp(Instant seen) {
    Instant now = clock.instant().plus(ahead);
    if (seen.isAfter(now)) {
      ahead = ahead.plus(Duration.between(now, seen));
    }
  }

  /** That time by this machine's clock. */
  synchronized Instant local(Instant shared) {
    return shared.minus(ahead);
  }

  synchronized Instant shared(Instant local) {
    return local.plus(ahead);
  }
}
