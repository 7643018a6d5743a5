package dev.polycert.rate;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;

/** What all instances know of the buckets: up to when the slots of each key are given away. */
interface Slots {

  /** Takes slots that follow each other, all of them or none. */
  Uni<Answer> take(Wish wish);

  /**
   * Slots that somebody has waiters for.
   *
   * @param spacing the time from one slot to the next, and to whatever is given away after them
   * @param now the time by the clock of the instance
   * @param earliest the first slot is not before this
   * @param latest nothing is taken when the first slot would be after this
   * @param busy whether others are likely to have slots after {@code earliest}
   */
  record Wish(
      String key,
      int count,
      Duration spacing,
      Instant now,
      Instant earliest,
      Instant latest,
      boolean busy) {

    Duration span() {
      return spacing.multipliedBy(count);
    }
  }

  /**
   * What became of it.
   *
   * @param taken whether there are slots for the instance now
   * @param first the first of them; else the next one that is free
   * @param writtenAt the time by the clock of the instance that took slots before this one, at the
   *     time when it did
   */
  record Answer(boolean taken, Instant first, Instant writtenAt) {}
}
