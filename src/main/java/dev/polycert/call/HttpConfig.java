package dev.polycert.call;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Bounds of every call to a vendor. */
@ConfigMapping(prefix = "polycert.http")
public interface HttpConfig {

  /**
   * The address of every vendor that has no endpoint of its own configured: a proxy or an emulator.
   */
  Optional<URI> endpoint();

  /**
   * The address of the metadata service that gives the keys of a machine's role, in place of the
   * vendor's: where its name does not resolve, or for an emulator.
   */
  Optional<URI> metadataEndpoint();

  /** Longest time to open a connection, TLS included. */
  @WithDefault("3s")
  Duration connectTimeout();

  /** Longest time from the first byte of a request to the last byte of its answer. */
  @WithDefault("10s")
  Duration totalTimeout();

  /** A larger answer is cut off and counts as no answer. */
  @WithDefault("2M")
  MemorySize maxResponse();

  /** Connections per vendor endpoint. */
  @WithDefault("50")
  int poolSize();

  /** Calls that may wait for a connection; more fail at once. */
  @WithDefault("2000")
  int waitQueue();

  /**
   * Scales every vendor's rate limit: below 1 if something else uses the same account, above 1 if
   * the vendor has granted more.
   */
  @WithDefault("1.0")
  double limitFactor();

  /** Tries of one call, the first one included. */
  @WithDefault("4")
  int attempts();

  /** The back-off before the second try; doubles, with full jitter. */
  @WithDefault("250ms")
  Duration backoff();

  /** The longest back-off. */
  @WithDefault("5s")
  Duration maxBackoff();

  /** After this many steps in a row without an answer, a vendor is not called for a while. */
  @WithDefault("10")
  int breakerFailures();

  /**
   * How long a vendor that does not answer is not called. Then one call finds out whether it is
   * back; until it is, the pause doubles, up to eight times this.
   */
  @WithDefault("30s")
  Duration breakerPause();
}
