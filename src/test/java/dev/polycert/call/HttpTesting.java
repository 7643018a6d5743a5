package dev.polycert.call;

import dev.polycert.log.Redaction;
import dev.polycert.metric.Metrics;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.rate.TokenBucket;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Puts the way to a vendor together for tests, from settings as they stand in a file. */
public final class HttpTesting {
  /** Grants every token at once. */
  public static final TokenBucket UNLIMITED =
      (key, perSecond, deadline, urgency) -> Uni.createFrom().item(Optional.empty());

  private HttpTesting() {}

  public static SmallRyeConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(HttpConfig.class)
        .withMapping(ProviderConfig.class)
        .withSources(new PropertiesConfigSource(settings, "test", 100))
        .build();
  }

  public static RestClients restClients(SmallRyeConfig config, Vertx vertx) {
    return new RestClients(config.getConfigMapping(HttpConfig.class), vertx);
  }

  public static Clients clients(SmallRyeConfig config, Vertx vertx, Clock clock) {
    return new Clients(
        config,
        restClients(config, vertx),
        calls(config, clock),
        roles(config, vertx, clock, new Redaction(config)));
  }

  public static Clients clients(
      SmallRyeConfig config, RestClients rest, Callers callers, Vertx vertx) {
    return new Clients(
        config, rest, callers, roles(config, vertx, Clock.systemUTC(), new Redaction(config)));
  }

  static MachineRoles roles(SmallRyeConfig config, Vertx vertx, Clock clock, Redaction redaction) {
    return new MachineRoles(
        config, config.getConfigMapping(HttpConfig.class), vertx, clock, () -> redaction);
  }

  public static Callers calls(SmallRyeConfig config, Clock clock) {
    return calls(config, clock, Metrics.NONE);
  }

  static Callers calls(SmallRyeConfig config, Clock clock, Metrics metrics) {
    return calls(config, clock, metrics, UNLIMITED);
  }

  public static Callers calls(
      SmallRyeConfig config, Clock clock, Metrics metrics, TokenBucket tokens) {
    return new Callers(
        config.getConfigMapping(HttpConfig.class), tokens, metrics, clock, new Random(1));
  }
}
