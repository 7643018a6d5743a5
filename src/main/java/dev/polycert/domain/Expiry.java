package dev.polycert.domain;

import java.time.Duration;
import java.time.Instant;

/** When the end of a certificate is so near that people are notified. */
public final class Expiry {
  private static final Duration NOTICE = Duration.ofDays(14);

  private Expiry() {}

  /** From 14 days before the end on; of a short lifetime, when a sixth is left. */
  public static boolean worrying(Instant start, Instant end, Instant now) {
    Duration sixth = Duration.between(start, end).dividedBy(6);
    Duration notice = sixth.compareTo(NOTICE) < 0 ? sixth : NOTICE;
    return !now.isBefore(end.minus(notice.isNegative() ? Duration.ZERO : notice));
  }

  /** Whole days until the end, negative after it. */
  public static long daysLeft(Instant end, Instant now) {
    return Math.floorDiv(Duration.between(now, end).toSeconds(), 86_400L);
  }
}
