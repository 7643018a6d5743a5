package dev.polycert.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.function.invocation.Parts;
import dev.polycert.metric.NotedMetrics;
import dev.polycert.order.Order;
import dev.polycert.order.use.Access;
import dev.polycert.order.use.Sweeps;
import dev.polycert.store.MemoryOrderBook;
import dev.polycert.testing.Resources;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SweeperTest {
  @RegisterExtension final Resources resources = new Resources();
  private final Vertx vertx = resources.vertx();
  private final BlockingQueue<CompletableFuture<List<Order>>> begun = new LinkedBlockingQueue<>();
  private final ServerConfig config = TestServer.open(10).config();
  private final FirstKey key = new FirstKey(config, LaunchMode.TEST);
  private final Health health = TestServer.health(config);
  private final Front front =
      new Front(
          vertx,
          config,
          key,
          TestServer.instruments(vertx, config, key, health),
          Parts.router(),
          new Certificates(null, Parts.router(), Parts.invocation()),
          Access.keys(new MemoryOrderBook()),
          TestServer.noTokens(),
          Parts.invocation(),
          List.of(),
          List.of(),
          Clock.systemUTC(),
          "1.2.3");
  private final MemoryOrderBook book = new MemoryOrderBook();
  private final NotedMetrics metrics = new NotedMetrics();
  private final Sweeper sweeper = sweeper(config);

  private Sweeper sweeper(ServerConfig config) {
    return new Sweeper(
        vertx,
        config,
        front,
        health,
        Sweeps.of(this::begin),
        Parts.invocation(),
        metrics,
        Parts.CLOCK,
        book);
  }

  @Test
  void aSweepIsFollowedByTheNextWhenItHasEnded() throws Exception {
    sweeper.sweep();
    CompletableFuture<List<Order>> first = next();
    assertThat(begun).isEmpty();

    first.complete(List.of());
    next();
  }

  @Test
  void aSweepThatFailedIsFollowedByTheNextAfterAPause() throws Exception {
    sweeper.sweep();
    next().completeExceptionally(new IllegalStateException("the disk is full"));

    assertThat(begun.poll(300, TimeUnit.MILLISECONDS)).isNull();
    next(15);
  }

  @Test
  void aWakeUpBringsTheNextSweepAtOnce() throws Exception {
    Sweeper patient = sweeper(TestServer.open(10).with("renew-every", "1h").config());
    patient.start(new StartupEvent());
    book.wake();
    CompletableFuture<List<Order>> first = next();

    // What comes during a sweep may have come too late for it.
    book.wake();
    first.complete(List.of());
    next().complete(List.of());

    assertThat(begun.poll(300, TimeUnit.MILLISECONDS)).isNull();
    patient.stop(new ShutdownEvent());
    book.wake();
    assertThat(begun.poll(300, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void whereRequestsHaveAllSlotsTheSweepIsTriedAgain() throws Exception {
    int taken = 0;
    while (front.inFlight().enter()) {
      taken++;
    }
    sweeper.sweep();
    assertThat(begun.poll(300, TimeUnit.MILLISECONDS)).isNull();

    for (; taken > 0; taken--) {
      front.inFlight().leave();
    }
    next();
  }

  @Test
  void aShutdownWaitsForTheSweepAndPreventsAnother() throws Exception {
    sweeper.sweep();
    CompletableFuture<List<Order>> first = next();

    front.inFlight().close();
    assertThat(front.inFlight().drained(Duration.ZERO)).isFalse();
    first.complete(List.of());
    assertThat(front.inFlight().drained(Duration.ofSeconds(10))).isTrue();
    sweeper.sweep();

    assertThat(begun).isEmpty();
  }

  private CompletableFuture<List<Order>> next() throws InterruptedException {
    return next(10);
  }

  private CompletableFuture<List<Order>> next(int seconds) throws InterruptedException {
    CompletableFuture<List<Order>> sweep = begun.poll(seconds, TimeUnit.SECONDS);
    assertThat(sweep).isNotNull();
    return sweep;
  }

  private Uni<List<Order>> begin() {
    CompletableFuture<List<Order>> sweep = new CompletableFuture<>();
    begun.add(sweep);
    return Uni.createFrom().completionStage(sweep);
  }
}
