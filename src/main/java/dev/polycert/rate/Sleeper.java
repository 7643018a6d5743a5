package dev.polycert.rate;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Runs things later; tests put their own time in its place. */
@FunctionalInterface
interface Sleeper {

  void after(Duration delay, Runnable action);

  /** Waits without holding a thread, and runs the action on a worker thread. */
  static Sleeper real() {
    return (delay, action) -> {
      var _ =
          Infrastructure.getDefaultWorkerPool()
              .schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
    };
  }
}
