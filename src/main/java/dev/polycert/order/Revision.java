package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which record of an order it is.
 *
 * @param version counts the recorded transitions; the first record has 1
 * @param by the caller whose request led to it; null where it was none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Revision(long version, Instant updatedAt, @Nullable String by) {

  /** The first record of an order. */
  public static Revision first(Instant now) {
    return new Revision(1, now, null);
  }

  /** The record that follows; it is not older, even if the clock was put back in between. */
  Revision next(Instant now) {
    return new Revision(version + 1, noEarlier(now), null);
  }

  /** This time, or that of the record where the clock was put back since. */
  Instant noEarlier(Instant now) {
    return now.isBefore(updatedAt) ? updatedAt : now;
  }
}
