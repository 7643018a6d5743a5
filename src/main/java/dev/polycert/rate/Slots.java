package dev.polycert.rate;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;

/** The buckets as all instances share them: for each key, the next free slot. */
interface Slots {

  /** Takes slots that follow each other, all of them or none. */
  Uni<Answer> take(Wish wish);

  /**
   * A request for slots that callers wait for.
   *
   * @param spacing the time from one slot to the next, and from the last one to the next free slot
   * @param now the time by the clock of the instance
   * @param earliest the first slot is not before this
   * @param latest nothing is taken when the first slot would be after this
   * @param busy whether other instances have probably taken slots after {@code earliest}
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
   * The answer to a wish.
   *
   * @param taken whether the instance has the slots now
   * @param first the first of them; else the next free slot
   * @param writtenAt when the instance before this one took slots, by its clock
   */
  record Answer(boolean taken, Instant first, Instant writtenAt) {}
}
