package dev.polycert.order;

import java.time.Instant;

/**
 * The part of a key that the order book keeps. The key itself is shown once, when it is made, and
 * is stored nowhere.
 */
public sealed interface KeyRecord permits ApiKey, PullKey {

  /** Not secret. */
  String id();

  /** The SHA-256 of the whole key, lower-case hex. */
  String hash();

  Instant createdAt();
}
