package dev.polycert.rate;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Runs actions later; tests replace it by one with a time of their own. */
@FunctionalInterface
public interface Sleeper {

  void after(Duration delay, Runnable action);

  /** Waits without holding a thread. */
  static Sleeper real() {
    return (delay, action) -> {
      var _ =
          Infrastructure.getDefaultWorkerPool()
              .schedule(action, wholeMillis(delay), TimeUnit.MILLISECONDS);
    };
  }

  /**
   * Rounded up, so that it never wakes too early; the timers below count milliseconds and refuse
   * zero.
   */
  private static long wholeMillis(Duration delay) {
    return Math.max(1, delay.plusNanos(999_999).toMillis());
  }
}
