package dev.polycert.order;

import java.time.Instant;

/**
 * Which record of an order it is.
 *
 * @param version counts the recorded transitions; the first record has 1
 */
public record Revision(long version, Instant updatedAt) {

  /** The first record of an order. */
  public static Revision first(Instant now) {
    return new Revision(1, now);
  }

  /** The record that follows; it is not older, even if the clock was put back in between. */
  Revision next(Instant now) {
    return new Revision(version + 1, noEarlier(now));
  }

  /** This time, or that of the record where the clock was put back since. */
  Instant noEarlier(Instant now) {
    return now.isBefore(updatedAt) ? updatedAt : now;
  }
}
