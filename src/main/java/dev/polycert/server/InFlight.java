package dev.polycert.server;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The requests under way: never more than a number, and none once it is closed. */
final class InFlight {
  private final int max;
  private final Semaphore free;
  private volatile boolean closed;

  InFlight(int max) {
    this.max = max;
    this.free = new Semaphore(max);
  }

  /** Lets one more in, or not. */
  boolean enter() {
    return !closed && free.tryAcquire();
  }

  /** Ends one that was let in. */
  void leave() {
    free.release();
  }

  /** Lets nobody in any more. */
  void close() {
    closed = true;
  }

  boolean closed() {
    return closed;
  }

  /**
   * Waits, blocking, until none is under way.
   *
   * @return false when that took too long
   */
  boolean drained(Duration patience) throws InterruptedException {
    return free.tryAcquire(max, patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
