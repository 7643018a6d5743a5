package dev.polycert.server;

import dev.polycert.function.invocation.Invocation;
import dev.polycert.metric.Metrics;
import dev.polycert.order.use.Renew;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Runs the sweep in a process that has no external schedule. */
@ApplicationScoped
public class Sweeper {
  private static final Logger LOG = Logger.getLogger(Sweeper.class);

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final ServerConfig config;
  private final Front front;
  private final Health health;
  private final Renew renew;
  private final Invocation invocation;
  private final Metrics metrics;
  private final Clock clock;

  Sweeper(
      Vertx vertx,
      ServerConfig config,
      Front front,
      Health health,
      Renew renew,
      Invocation invocation,
      Metrics metrics,
      Clock clock) {
    this.vertx = vertx;
    this.config = config;
    this.front = front;
    this.health = health;
    this.renew = renew;
    this.invocation = invocation;
    this.metrics = metrics;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event) {
    if (config.enabled() && config.renewEvery().isPositive()) {
      sweepAfter(config.renewEvery());
    }
  }

  private void sweepAfter(Duration pause) {
    vertx.setTimer(Math.max(1, pause.toMillis()), tick -> sweep());
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
              follow(next, config.renewEvery());
            },
            failure -> {
              LOG.error("The sweep failed; the next one tries again", failure);
              follow(next, PAUSE_AFTER_FAILURE);
            });
  }

  private void follow(long next, Duration pause) {
    if (vertx.cancelTimer(next)) {
      sweepAfter(pause);
    }
  }

  private void swept() {
    metrics.flush();
    front.inFlight().leave();
  }
}
