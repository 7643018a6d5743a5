package dev.polycert.rate;

import java.time.Duration;
import java.time.Instant;

/**
 * The share of a limit that a vendor really grants, learnt from its refusals: a refusal cuts it,
 * and it grows back slowly, as in TCP (RFC 5681, section 3.1). Where a vendor grants half of the
 * configured limit, one call in thirty finds out whether that is still so, and the rate stays
 * within a seventh of what is granted.
 *
 * <p>At the full share a single refusal says nothing about the rate: a vendor refuses for other
 * reasons too, and a cut would delay all waiting callers. Two refusals among ten calls do.
 */
final class Allowance {
  private static final double CUT = 0.85;
  private static final double RECOVERY_PER_SECOND = 0.01;

  /** A vendor that refuses at random, whatever the rate, must not bring everything to a halt. */
  private static final double LEAST = 0.1;

  /**
   * Vendors count by the second, so refusals this soon after a cut are still due to the rate before
   * it.
   */
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

  /** Widens the spacing of calls to the granted share. */
  Duration widened(Duration spacing, Instant now) {
    double share = share(now);
    return share == 1 ? spacing : Duration.ofNanos((long) Math.ceil(spacing.toNanos() / share));
  }

  /** Reports a call that is about to be made. */
  void granted() {
    callsSinceRefusal++;
  }

  /** Reports that the vendor refused a call for its rate. */
  void refused(Instant now) {
    boolean alone = share(now) == 1 && callsSinceRefusal > FEW_CALLS;
    callsSinceRefusal = 0;
    if (!alone) {
      cut(now);
    }
  }

  private void cut(Instant now) {
    // A cut in the future is one before the clock was set back, and is not waited for.
    boolean inEffect = !now.isBefore(cutAt) && now.isBefore(cutAt.plus(EFFECT));
    if (!inEffect) {
      share = Math.max(LEAST, share(now) * CUT);
      cutAt = now;
    }
  }

  /** Whether a new allowance would know as much. */
  boolean forgettable(Instant now) {
    return share(now) == 1;
  }
}
