package dev.polycert.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every application that took effect at a vendor, in order. */
@ApplicationScoped
class Ledger {
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, String> domains = new HashMap<>();

  /** One certificate applied for or bought. */
  record Entry(Instant time, String provider, String operation, String domain, String vendorId) {

    JsonObject json() {
      return new JsonObject()
          .put("time", time.toString())
          .put("provider", provider)
          .put("operation", operation)
          .put("domain", domain)
          .put("vendorId", vendorId);
    }
  }

  synchronized void write(Entry entry) {
    entries.add(entry);
    domains.put(entry.vendorId(), entry.domain());
  }

  /** The domain of an application by the vendor's id. */
  synchronized Optional<String> domain(String vendorId) {
    return Optional.ofNullable(domains.get(vendorId));
  }

  synchronized void reset() {
    entries.clear();
    domains.clear();
  }

  /** All entries, and their count by provider, operation and domain. */
  synchronized JsonObject json() {
    Map<String, Map<String, Map<String, Integer>>> counts = new TreeMap<>();
    JsonArray list = new JsonArray();
    for (Entry entry : entries) {
      counts
          .computeIfAbsent(entry.provider(), provider -> new TreeMap<>())
          .computeIfAbsent(entry.operation(), operation -> new TreeMap<>())
          .merge(entry.domain(), 1, Integer::sum);
      list.add(entry.json());
    }
    return new JsonObject()
        .put("total", entries.size())
        .put("summary", counts)
        .put("entries", list);
  }
}
