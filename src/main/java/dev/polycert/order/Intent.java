package dev.polycert.order;

import java.time.Instant;

/**
 * A write that is about to be made, or was made and has no result recorded yet.
 *
 * @param operation the vendor's operation
 * @param at when it was announced, or when its writer gave up waiting for an answer
 * @param until when the one who recorded it can no longer be working on it; from then on anybody
 *     may look what became of it
 * @param ends whether it ends what the vendor has, so that not finding it means that it worked
 */
public record Intent(String operation, Instant at, Instant until, boolean ends) {

  /** A write that applies for something or tells something. */
  public Intent(String operation, Instant at, Instant until) {
    this(operation, at, until, false);
  }

  /** Whether the one who recorded it may be working on it still. */
  boolean mayBeAtWork(Instant now) {
    return now.isBefore(until);
  }
}
