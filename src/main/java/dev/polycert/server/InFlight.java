package dev.polycert.server;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Limits the requests in progress; accepts none after it is closed. */
final class InFlight {
  private final int max;
  private final Semaphore free;
  private volatile boolean closed;

  InFlight(int max) {
    this.max = max;
    this.free = new Semaphore(max);
  }

  /** Takes a slot; false when there is none, or after {@link #close}. */
  boolean enter() {
    return !closed && free.tryAcquire();
  }

  /** Frees the slot. */
  void leave() {
    free.release();
  }

  /** Admits no more requests. */
  void close() {
    closed = true;
  }

  boolean closed() {
    return closed;
  }

  /**
   * Blocks until no request is in progress.
   *
   * @return false when that took longer
   */
  boolean drained(Duration patience) throws InterruptedException {
    return free.tryAcquire(max, patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
