package dev.polycert.server;

import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Parts;
import dev.polycert.order.Catalogs;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Settings of a server on any free port of this machine. */
record TestConfig(
    Optional<String> apiKey,
    int maxInFlight,
    int callsPerSecond,
    int maxConnections,
    Duration idleTimeout,
    Duration transferTimeout)
    implements ServerConfig {

  static TestConfig of(Optional<String> apiKey, int maxInFlight, int callsPerSecond) {
    Duration minute = Duration.ofMinutes(1);
    return new TestConfig(apiKey, maxInFlight, callsPerSecond, 100, minute, minute);
  }

  /** No key, and this many requests at once. */
  static TestConfig open(int maxInFlight) {
    return of(Optional.empty(), maxInFlight, 0);
  }

  TestConfig connections(int most) {
    return new TestConfig(apiKey, maxInFlight, callsPerSecond, most, idleTimeout, transferTimeout);
  }

  TestConfig idle(Duration most) {
    return new TestConfig(
        apiKey, maxInFlight, callsPerSecond, maxConnections, most, transferTimeout);
  }

  TestConfig transfer(Duration most) {
    return new TestConfig(apiKey, maxInFlight, callsPerSecond, maxConnections, idleTimeout, most);
  }

  /** Starts a server with these operations. */
  Server start(Vertx vertx, LaunchMode mode, List<Operation> operations) {
    ApiKey key = new ApiKey(this, mode);
    Front front =
        new Front(
            vertx,
            this,
            key,
            Parts.router(),
            Parts.invocation(),
            operations,
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            "1.2.3");
    Server server = new Server(vertx, this, key, front, new Welcome(Catalogs.of()), mode);
    server.start(new StartupEvent());
    return server;
  }

  @Override
  public boolean enabled() {
    return true;
  }

  @Override
  public String host() {
    return "localhost";
  }

  @Override
  public int port() {
    return 0;
  }

  @Override
  public Duration drainTimeout() {
    return Duration.ofSeconds(30);
  }

  @Override
  public Duration renewEvery() {
    return Duration.ZERO;
  }
}
