package dev.polycert.order;

import java.time.Instant;

/**
 * What the order book keeps of a key. The key itself is shown once, when it is made, and is kept
 * nowhere.
 */
public sealed interface KeyRecord permits ApiKey, PullKey {

  /** Not secret. */
  String id();

  /** The SHA-256 of the whole key, lower-case hex. */
  String hash();

  Instant createdAt();
}
