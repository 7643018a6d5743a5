package dev.polycert.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The HTTP server for one-process use. */
@ConfigMapping(prefix = "polycert.server")
public interface ServerConfig {

  /** Whether there is one. */
  @WithDefault("false")
  boolean enabled();

  /** The address that it listens on. */
  @WithDefault("127.0.0.1")
  String host();

  /** The port that it listens on; 0 for any. */
  @WithDefault("8080")
  int port();

  /** What callers must show; without it the server starts in development and tests only. */
  Optional<String> apiKey();

  /** Requests at once; more are turned away with 503. */
  @WithDefault("100")
  int maxInFlight();

  /**
   * Calls a second, and at most that many at once; more are turned away with 429. 0 for any number.
   */
  @WithDefault("1000")
  int callsPerSecond();

  /**
   * A connection without any traffic for this long is closed, unless its request may still be
   * worked at. {@code 0s} for never.
   */
  @WithDefault("60s")
  Duration idleTimeout();

  /** How long a shutdown waits for the requests under way. */
  @WithDefault("30s")
  Duration drainTimeout();

  /** How often due renewals and other steps are looked for; {@code 0s} for never. */
  @WithDefault("1m")
  Duration renewEvery();
}
