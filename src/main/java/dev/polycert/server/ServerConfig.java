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

  /**
   * Requests at once, counted from when they have come whole; more are turned away with 503. So are
   * those whose bodies, on their way together, take more than a mebibyte for each of these.
   */
  @WithDefault("100")
  int maxInFlight();

  /**
   * Calls a second, and at most that many at once; more are turned away with 429. 0 for any number.
   */
  @WithDefault("1000")
  int callsPerSecond();

  /** Connections at once; more are closed as they come. */
  @WithDefault("500")
  int maxConnections();

  /**
   * A connection that brings no whole request header for this long is closed, even if some bytes
   * come: since it was opened, or since the answer before. {@code 0s} for never.
   */
  @WithDefault("60s")
  Duration idleTimeout();

  /**
   * How long a request's body may take to come, else the answer is 408, and an answer to leave,
   * else its connection is closed.
   */
  @WithDefault("30s")
  Duration transferTimeout();

  /** How long a shutdown waits for the requests under way. */
  @WithDefault("30s")
  Duration drainTimeout();

  /** How often due renewals and other steps are looked for; {@code 0s} for never. */
  @WithDefault("1m")
  Duration renewEvery();
}
