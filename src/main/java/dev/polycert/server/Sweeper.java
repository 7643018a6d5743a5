package dev.polycert.server;

import dev.polycert.function.invocation.Invocation;
import dev.polycert.metric.Metrics;
import dev.polycert.order.use.Renew;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final AtomicBoolean sweeping = new AtomicBoolean();

  Sweeper(
      Vertx vertx,
      ServerConfig config,
      Front front,
      Renew renew,
      Invocation invocation,
      Metrics metrics) {
    this.vertx = vertx;
    this.config = config;
    this.front = front;
    this.renew = renew;
    this.invocation = invocation;
    this.metrics = metrics;
  }

  void start(@Observes StartupEvent event) {
    if (config.enabled() && config.renewEvery().isPositive()) {
      vertx.setPeriodic(config.renewEvery().toMillis(), tick -> sweep());
    }
  }

  /**
   * Sweeps, unless the last sweep is still running. A sweep takes a slot like a request, so that a
   * shutdown waits for it and prevents new ones.
   */
  void sweep() {
    if (!sweeping.compareAndSet(false, true)) {
      return;
    }
    if (!front.inFlight().enter()) {
      sweeping.set(false);
      return;
    }
    Uni.createFrom()
        .deferred(() -> renew.due(invocation.deadline()))
        .runSubscriptionOn(Thread::startVirtualThread)
        .onTermination()
        .invoke(this::swept)
        .subscribe()
        .with(
            orders -> LOG.debugf("took the next step of %d orders", orders.size()),
            failure -> LOG.error("The sweep failed; the next one tries again", failure));
  }

  private void swept() {
    metrics.flush();
    front.inFlight().leave();
    sweeping.set(false);
  }
}
