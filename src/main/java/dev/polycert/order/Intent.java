package dev.polycert.order;

import java.time.Duration;
import java.time.Instant;

/**
 * A write that is about to be made, or was made and has no result recorded yet.
 *
 * @param operation the vendor's operation
 * @param at when it was announced, or when its writer gave up waiting for an answer
 * @param until when the step that recorded it can no longer be at work; from then on any other may
 *     look what became of it
 * @param ends whether it ends what the vendor has, so that not finding it means that it worked
 */
public record Intent(String operation, Instant at, Instant until, boolean ends) {

  /** A write that applies for something or submits something. */
  public Intent(String operation, Instant at, Instant until) {
    this(operation, at, until, false);
  }

  /** Whether the step that recorded it may be at work still. */
  public boolean mayBeAtWork(Instant now) {
    return now.isBefore(until);
  }

  /** The same write as its writer leaves it now, not knowing what became of it. */
  public Intent left(Instant now) {
    return new Intent(operation, now, now, ends);
  }

  /**
   * When it was sent last: a write is repeated for as long as its writer has time.
   *
   * @param lease how long after its deadline the writer can still be at work
   */
  public Instant lastSend(Duration lease) {
    Instant writersTime = until.minus(lease);
    return writersTime.isAfter(at) ? writersTime : at;
  }
}
