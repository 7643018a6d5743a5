package dev.polycert.rate;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Runs things later; tests put their own time in its place. */
@FunctionalInterface
interface Sleeper {

  void after(Duration delay, Runnable action);

  /** Waits without holding a thread. */
  static Sleeper real() {
    return (delay, action) -> {
      var _ =
          Infrastructure.getDefaultWorkerPool()
              .schedule(action, wholeMillis(delay), TimeUnit.MILLISECONDS);
    };
  }

  /** The timers below have steps of one millisecond and refuse less: never wakes too early. */
  private static long wholeMillis(Duration delay) {
    return Math.max(1, delay.plusNanos(999_999).toMillis());
  }
}
