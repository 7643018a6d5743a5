package dev.polycert.server;

import dev.polycert.function.invocation.Claims;
import dev.polycert.function.invocation.OidcConfig;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Parts;
import dev.polycert.function.invocation.SideDoor;
import dev.polycert.metric.PrometheusMetrics;
import dev.polycert.order.Catalogs;
import dev.polycert.order.NoChannels;
import dev.polycert.order.TransitionFeed;
import dev.polycert.order.use.Access;
import dev.polycert.order.use.AccessKeys;
import dev.polycert.order.use.Pull;
import dev.polycert.provider.TestConfig;
import dev.polycert.store.MemoryOrderBook;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A server on any free port of this machine.
 *
 * @param settings below {@code polycert.server}
 */
record TestServer(Map<String, String> settings) {
  private static final Duration DAY = Duration.ofDays(1);

  /** For callers without a key, so many requests at once and no limit in a second. */
  static TestServer open(int maxInFlight) {
    return new TestServer(
            Map.of(
                "enabled", "true",
                "host", "localhost",
                "port", "0",
                "renew-every", "0s",
                "calls-per-second", "0",
                "max-connections", "100",
                "transfer-timeout", "1m"))
        .with("max-in-flight", maxInFlight);
  }

  TestServer with(String setting, Object value) {
    Map<String, String> changed = new HashMap<>(settings);
    changed.put(setting, value.toString());
    return new TestServer(changed);
  }

  ServerConfig config() {
    Map<String, String> properties = new HashMap<>();
    settings.forEach((name, value) -> properties.put("polycert.server." + name, value));
    return TestConfig.of(properties, ServerConfig.class).getConfigMapping(ServerConfig.class);
  }

  /** Of a process whose order book is empty. */
  static Health health(ServerConfig config) {
    return new Health(
        new MemoryOrderBook(), Catalogs.of(), NoChannels.HERE, config, Clock.systemUTC());
  }

  static Instruments instruments(Vertx vertx, ServerConfig config, FirstKey key, Health health) {
    return instruments(config, key, health, events(vertx, config, new TransitionFeed(), DAY));
  }

  private static Instruments instruments(
      ServerConfig config, FirstKey key, Health health, Events events) {
    return new Instruments(
        new Console(config, key),
        health,
        new PrometheusMetrics(Clock.systemUTC()),
        Parts.router(),
        events);
  }

  /** The events of a process that shares its orders with no other one. */
  static Events events(Vertx vertx, ServerConfig config, TransitionFeed feed, Duration heartbeat) {
    Events events =
        new Events(
            vertx,
            config,
            feed,
            new MemoryOrderBook(),
            Parts.router(),
            Parts.MAPPER,
            new SplittableRandom(1),
            heartbeat);
    events.start(new StartupEvent());
    return events;
  }

  /** Starts a server with these operations. */
  Server start(Vertx vertx, LaunchMode mode, List<Operation> operations) {
    return start(vertx, mode, operations, List.of(), null, null);
  }

  /** As above, where certificates can be pulled. */
  Server start(Vertx vertx, LaunchMode mode, @Nullable Pull pull) {
    return start(vertx, mode, List.of(), List.of(), pull, null);
  }

  /** Starts a server with these operations, and doors with keys of their own. */
  Server start(Vertx vertx, LaunchMode mode, List<Operation> operations, List<SideDoor> sideDoors) {
    return start(vertx, mode, operations, sideDoors, null, null);
  }

  /** Starts a server without operations, that shows these events. */
  Server start(Vertx vertx, LaunchMode mode, Events events) {
    return start(vertx, mode, List.of(), List.of(), null, events);
  }

  private Server start(
      Vertx vertx,
      LaunchMode mode,
      List<Operation> operations,
      List<SideDoor> sideDoors,
      @Nullable Pull pull,
      @Nullable Events events) {
    return start(
        vertx,
        mode,
        operations,
        sideDoors,
        pull,
        Access.keys(new MemoryOrderBook()),
        noTokens(),
        events);
  }

  static Tokens noTokens() {
    return tokens(Map.of(), null, Clock.systemUTC());
  }

  /**
   * What verifies tokens.
   *
   * @param settings below {@code polycert.oidc}
   */
  static Tokens tokens(Map<String, String> settings, @Nullable Vertx vertx, Clock clock) {
    Map<String, String> properties = new HashMap<>();
    settings.forEach((name, value) -> properties.put("polycert.oidc." + name, value));
    OidcConfig config =
        TestConfig.of(properties, OidcConfig.class).getConfigMapping(OidcConfig.class);
    return new Tokens(config, new Claims(config), vertx, clock);
  }

  /** As above, for callers with keys of the order book, and with tokens. */
  Server start(
      Vertx vertx,
      LaunchMode mode,
      List<Operation> operations,
      List<SideDoor> sideDoors,
      @Nullable Pull pull,
      AccessKeys keys,
      Tokens tokens) {
    return start(vertx, mode, operations, sideDoors, pull, keys, tokens, null);
  }

  private Server start(
      Vertx vertx,
      LaunchMode mode,
      List<Operation> operations,
      List<SideDoor> sideDoors,
      @Nullable Pull pull,
      AccessKeys keys,
      Tokens tokens,
      @Nullable Events events) {
    ServerConfig config = config();
    FirstKey key = new FirstKey(config, mode);
    Front front =
        new Front(
            vertx,
            config,
            key,
            events == null
                ? instruments(vertx, config, key, health(config))
                : instruments(config, key, health(config), events),
            Parts.router(),
            new Certificates(pull, Parts.router(), Parts.invocation()),
            keys,
            tokens,
            Parts.invocation(),
            operations,
            sideDoors,
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            "1.2.3");
    Server server = new Server(vertx, config, key, front, new Welcome(Catalogs.of()), mode);
    server.start(new StartupEvent());
    return server;
  }
}
