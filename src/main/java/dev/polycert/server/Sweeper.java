package dev.polycert.server;

import dev.polycert.function.invocation.Invocation;
import dev.polycert.metric.Metrics;
import dev.polycert.order.Order;
import dev.polycert.order.use.Renew;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/** Runs the sweep in a process that has no external schedule. */
@ApplicationScoped
public class Sweeper {
  private static final Logger LOG = Logger.getLogger(Sweeper.class);

  private final Vertx vertx;
  private final ServerConfig config;
  private final Front front;
  private final Renew renew;
  private final Invocation invocation;
  private final Metrics metrics;
  private final Clock clock;

  Sweeper(
      Vertx vertx,
      ServerConfig config,
      Front front,
      Renew renew,
      Invocation invocation,
      Metrics metrics,
      Clock clock) {
    this.vertx = vertx;
    this.config = config;
    this.front = front;
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
   * although some of its steps go on; and after a pause when there was nothing to do. A sweep takes
   * a slot like a request, so that a shutdown waits for it and prevents new ones.
   */
  void sweep() {
    if (!front.inFlight().enter()) {
      return;
    }
    Instant deadline = invocation.deadline();
    Duration begins = Duration.between(clock.instant(), renew.lastBegin(deadline));
    long next = vertx.setTimer(Math.max(1, begins.toMillis()), tick -> sweep());
    Uni.createFrom()
        .deferred(() -> renew.due(deadline))
        .runSubscriptionOn(Thread::startVirtualThread)
        .onFailure()
        .invoke(failure -> LOG.error("The sweep failed; the next one tries again", failure))
        .onFailure()
        .recoverWithItem(List.of())
        .onTermination()
        .invoke(this::swept)
        .subscribe()
        .with(orders -> follow(orders, next));
  }

  private void follow(List<Order> orders, long next) {
    LOG.debugf("took the next step of %d orders", orders.size());
    if (vertx.cancelTimer(next)) {
      sweepAfter(orders.isEmpty() ? config.renewEvery() : Duration.ZERO);
    }
  }

  private void swept() {
    metrics.flush();
    front.inFlight().leave();
  }
}
