package dev.polycert.order;

import java.time.Duration;
import java.time.Instant;

/**
 * A write that is about to be made, or was made and has no result recorded yet.
 *
 * @param operation the vendor's operation
 * @param at when it was announced, or when its writer gave up waiting for an answer
 * @param until when the step that recorded it has surely ended; from then on any other step may
 *     look up its result
 * @param ends whether it deletes something at the vendor, so that not finding that thing means
 *     success
 */
public record Intent(String operation, Instant at, Instant until, boolean ends) {

  /** A write that applies for something or submits something. */
  public Intent(String operation, Instant at, Instant until) {
    this(operation, at, until, false);
  }

  /** Whether the step that recorded it may still be running. */
  public boolean mayBeAtWork(Instant now) {
    return now.isBefore(until);
  }

  /** The same write, as its writer gives up on it without knowing its result. */
  public Intent left(Instant now) {
    return new Intent(operation, now, now, ends);
  }

  /**
   * When it was sent last: a write is repeated for as long as its writer has time.
   *
   * @param lease how long after its deadline the writer may still be running
   */
  public Instant lastSend(Duration lease) {
    Instant writersTime = until.minus(lease);
    return writersTime.isAfter(at) ? writersTime : at;
  }
}
