package dev.polycert.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of the HTTP server of one process. */
@ConfigMapping(prefix = "polycert.server")
public interface ServerConfig {

  /** Whether the server is on. */
  @WithDefault("false")
  boolean enabled();

  /** The address that it listens on. */
  @WithDefault("127.0.0.1")
  String host();

  /** The port that it listens on; 0 for any. */
  @WithDefault("8080")
  int port();

  /** The key that callers must send; required except in development and tests. */
  Optional<String> apiKey();

  /**
   * The header in which a proxy notes the address of the caller, such as {@code X-Forwarded-For}:
   * its last entry counts. Set it only if all requests come through that proxy. Without it, the
   * address is that of the connection.
   */
  Optional<String> addressHeader();

  /**
   * How many complete requests are handled at once; more get 503. Incomplete bodies together may
   * take a mebibyte for each of them; requests beyond that get 503 too.
   */
  @WithDefault("100")
  int maxInFlight();

  /** How many calls are accepted in a second; more get 429. 0 for no limit. */
  @WithDefault("1000")
  int callsPerSecond();

  /** How many connections may be open; more are closed at once. */
  @WithDefault("500")
  int maxConnections();

  /**
   * How long a connection may take to send a whole request header, since it was opened or since the
   * last response; then it is closed. {@code 0s} for no limit.
   */
  @WithDefault("60s")
  Duration idleTimeout();

  /**
   * How long a request's body may take to arrive, else the response is 408; and how long a response
   * may take to be read, else its connection is closed.
   */
  @WithDefault("30s")
  Duration transferTimeout();

  /** How long a shutdown waits for the requests in progress. */
  @WithDefault("30s")
  Duration drainTimeout();

  /**
   * The address of the sandbox, in development: the console publishes there what newcomers would
   * publish at their DNS service.
   */
  Optional<String> sandbox();

  /** How long after a sweep the next one begins; {@code 0s} for no sweeps. */
  @WithDefault("1s")
  Duration renewEvery();
}
