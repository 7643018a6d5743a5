package dev.polycert.sandbox;

import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;

/** Counts all calls that arrived, also those that were refused. */
@ApplicationScoped
class CallCounts {
  private final Map<String, Map<String, Integer>> counts = new TreeMap<>();

  synchronized void count(String provider, String operation) {
    counts.computeIfAbsent(provider, first -> new TreeMap<>()).merge(operation, 1, Integer::sum);
  }

  synchronized void reset() {
    counts.clear();
  }

  /** The counts since the last reset: {@code {provider: {operation: count}}}. */
  synchronized JsonObject json() {
    JsonObject json = new JsonObject();
    counts.forEach((provider, operations) -> json.put(provider, new TreeMap<>(operations)));
    return json;
  }
}
