package dev.polycert.server;

import dev.polycert.function.invocation.Invocation;
import dev.polycert.metric.Metrics;
import dev.polycert.order.OrderBook;
import dev.polycert.order.use.Renew;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs the sweep in a process that has no external schedule. */
@ApplicationScoped
public class Sweeper {
  private static final Logger LOG = Logger.getLogger(Sweeper.class);

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(10);

  /** The shortest pause between sweeps, however often wake-ups come. */
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);

  private final Vertx vertx;
  private final ServerConfig config;
  private final Front front;
  private final Health health;
  private final Renew renew;
  private final Invocation invocation;
  private final Metrics metrics;
  private final Clock clock;
  private final OrderBook book;
  private @Nullable Cancellable wakeUps;

  /** The timer of the next sweep, while there is nothing to do. */
  private long idle = -1;

  /** Whether a wake-up came during a sweep. */
  private boolean woken;

  Sweeper(
      Vertx vertx,
      ServerConfig config,
      Front front,
      Health health,
      Renew renew,
      Invocation invocation,
      Metrics metrics,
      Clock clock,
      OrderBook book) {
    this.vertx = vertx;
    this.config = config;
    this.front = front;
    this.health = health;
    this.renew = renew;
    this.invocation = invocation;
    this.metrics = metrics;
    this.clock = clock;
    this.book = book;
  }

  void start(@Observes StartupEvent event) {
    if (config.enabled() && config.renewEvery().isPositive()) {
      idle();
      wakeUps =
          book.wakeUps()
              .subscribe()
              .with(
                  told -> wakeUp(),
                  failure ->
                      LOG.warn(
                          "Other processes cannot wake this one now; it looks for work at each"
                              + " sweep only",
                          failure));
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (wakeUps != null) {
      wakeUps.cancel();
    }
  }

  private long sweepAfter(Duration pause) {
    return vertx.setTimer(Math.max(1, pause.toMillis()), tick -> sweep());
  }

  /** Waits for the next sweep by the clock, or for a wake-up. */
  private synchronized void idle() {
    if (woken) {
      woken = false;
      sweepAfter(SHORTEST_PAUSE);
    } else {
      idle = sweepAfter(config.renewEvery());
    }
  }

  /** Sweeps very soon: now, or after the sweep that is under way and may have passed the order. */
  private synchronized void wakeUp() {
    if (vertx.cancelTimer(idle)) {
      sweepAfter(SHORTEST_PAUSE);
    } else {
      woken = true;
    }
  }

  /**
   * Sweeps, and sees to it that another sweep follows: as soon as this one begins no more steps,
   * although some of its steps go on; and after a pause when all was done. A sweep takes a slot
   * like a request, so that a shutdown waits for it and prevents new ones.
   */
  void sweep() {
    if (!front.inFlight().enter()) {
      if (!front.inFlight().closed()) {
        sweepAfter(config.renewEvery());
      }
      return;
    }
    Instant deadline = invocation.deadline();
    Duration begins = Duration.between(clock.instant(), renew.lastBegin(deadline));
    long next = vertx.setTimer(Math.max(1, begins.toMillis()), tick -> sweep());
    Uni.createFrom()
        .deferred(() -> renew.due(deadline))
        .runSubscriptionOn(Thread::startVirtualThread)
        .onTermination()
        .invoke(this::swept)
        .subscribe()
        .with(
            orders -> {
              LOG.debugf("took the next step of %d orders", orders.size());
              health.swept();
              if (vertx.cancelTimer(next)) {
                idle();
              }
            },
            failure -> {
              LOG.error("The sweep failed; the next one tries again", failure);
              if (vertx.cancelTimer(next)) {
                sweepAfter(PAUSE_AFTER_FAILURE);
              }
            });
  }

  private void swept() {
    metrics.flush();
    front.inFlight().leave();
  }
}
