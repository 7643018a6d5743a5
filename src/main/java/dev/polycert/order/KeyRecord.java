package dev.polycert.order;

import java.time.Instant;

/**
 * The part of a key that the order book keeps. The key itself is shown once, when it is made, and
 * is stored nowhere.
 */
public sealed interface KeyRecord permits ApiKey, PullKey {

  /** Not secret. */
  String id();

  /** The SHA-256 of the whole key, lower-case hex; empty once the key is revoked. */
  String hash();

  /** Whether it opens nothing any more. Its id is kept, to know it from one that never was. */
  default boolean revoked() {
    return hash().isEmpty();
  }

  /** The same, revoked. */
  KeyRecord asRevoked();

  Instant createdAt();
}
