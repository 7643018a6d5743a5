package dev.polycert.sandbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers the nonces of signed requests for as long as their dates are accepted. */
@ApplicationScoped
class Nonces {
  /** Vendors accept dates of up to 15 minutes on either side. */
  private static final Duration MEMORY = Duration.ofMinutes(30);

  private final Map<String, Instant> seen = new LinkedHashMap<>();

  /** Remembers a nonce; false when it is known already. */
  synchronized boolean fresh(String provider, String nonce, Instant at) {
    seen.values().removeIf(before -> before.plus(MEMORY).isBefore(at));
    return seen.putIfAbsent(provider + " " + nonce, at) == null;
  }

  synchronized void reset() {
    seen.clear();
  }
}
