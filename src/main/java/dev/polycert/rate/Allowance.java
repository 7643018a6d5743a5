package dev.polycert.rate;

import java.time.Duration;
import java.time.Instant;

/**
 * The share of a limit that a vendor really grants, learnt from its refusals: cut by a part when it
 * refuses a call, and given back little by little, as TCP does (RFC 5681, section 3.1). Where a
 * vendor grants half of what is configured, one call in thirty finds out whether that is still so,
 * and the rate stays within a seventh of what is granted.
 *
 * <p>While nothing is learnt, one refusal alone says nothing of the rate: a vendor refuses for
 * other reasons too, and all who wait would pay for it. Two among ten calls do.
 */
final class Allowance {
  private static final double CUT = 0.85;
  private static final double RECOVERY_PER_SECOND = 0.01;

  /** A vendor that refuses at random, whatever the rate, must not bring everything to a halt. */
  private static final double LEAST = 0.1;

  /** Vendors count by the second: refusals so soon after a cut are still of the rate before it. */
  private static final Duration EFFECT = Duration.ofSeconds(1);

  private static final int FEW_CALLS = 10;

  private double share = 1;
  private long callsSinceRefusal = FEW_CALLS + 1;
  private Instant cutAt = Instant.MIN;

  /** Above 0, at most 1. */
  double share(Instant now) {
    if (share == 1 || !now.isAfter(cutAt)) {
      return share;
    }
    double seconds = Duration.between(cutAt, now).toMillis() / 1e3;
    return Math.min(1, share + RECOVERY_PER_SECOND * seconds);
  }

  /** A limit's spacing of calls, widened to what is granted. */
  Duration widened(Duration spacing, Instant now) {
    double share = share(now);
    return share == 1 ? spacing : Duration.ofNanos((long) Math.ceil(spacing.toNanos() / share));
  }

  /** Takes note of a call that is about to be made. */
  void granted() {
    callsSinceRefusal++;
  }

  /** Takes note of a refusal. */
  void refused(Instant now) {
    boolean alone = share(now) == 1 && callsSinceRefusal > FEW_CALLS;
    callsSinceRefusal = 0;
    if (!alone) {
      cut(now);
    }
  }

  private void cut(Instant now) {
    // A clock that was set back is followed.
    boolean inEffect = !now.isBefore(cutAt) && now.isBefore(cutAt.plus(EFFECT));
    if (!inEffect) {
      share = Math.max(LEAST, share(now) * CUT);
      cutAt = now;
    }
  }

  /** Whether nothing is known that a new one would not know. */
  boolean forgettable(Instant now) {
    return share(now) == 1;
  }
}
