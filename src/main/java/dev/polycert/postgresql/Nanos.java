package dev.polycert.postgresql;

import java.time.Instant;

/**
 * Times as columns: nanoseconds since 1970 in a {@code bigint}, because PostgreSQL's own type ends
 * at microseconds. A time before 1677 or after 2262 becomes the end of that range.
 */
public final class Nanos {
  private static final long SECOND = 1_000_000_000;
  private static final Instant FIRST = at(Long.MIN_VALUE);
  private static final Instant LAST = at(Long.MAX_VALUE);

  private Nanos() {}

  /** The column of a time. */
  public static long of(Instant at) {
    if (at.isBefore(FIRST)) {
      return Long.MIN_VALUE;
    }
    if (at.isAfter(LAST)) {
      return Long.MAX_VALUE;
    }
    // For the earliest times, the seconds in nanoseconds alone would overflow a long.
    return at.getEpochSecond() < 0
        ? (at.getEpochSecond() + 1) * SECOND + (at.getNano() - SECOND)
        : at.getEpochSecond() * SECOND + at.getNano();
  }

  /** The time of a column. */
  public static Instant at(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
  }
}
