package dev.polycert.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records every call in order of arrival, from {@code POST journal} to the next reset. */
@ApplicationScoped
class Journal {
  private @Nullable List<Entry> entries;

  /**
   * One call.
   *
   * @param subject what it was about
   * @param sent path, query and body, which may hold keys that a test uploads
   * @param throttled whether it was refused as above the rate, by a fault or by the limit
   */
  record Entry(
      Instant at,
      String provider,
      String account,
      String operation,
      String subject,
      String sent,
      Optional<Fault.Kind> fault,
      boolean throttled) {

    JsonObject json() {
      return new JsonObject()
          .put("at", at.toString())
          .put("provider", provider)
          .put("account", account)
          .put("operation", operation)
          .put("subject", subject)
          .put("sent", sent)
          .put("fault", fault.map(Enum::name).orElse(null))
          .put("throttled", throttled);
    }
  }

  /** Begins with no entries. */
  synchronized void begin() {
    entries = new ArrayList<>();
  }

  synchronized void end() {
    entries = null;
  }

  synchronized boolean kept() {
    return entries != null;
  }

  synchronized void add(Entry entry) {
    if (entries != null) {
      entries.add(entry);
    }
  }

  synchronized JsonObject json() {
    JsonArray list = new JsonArray();
    if (entries != null) {
      entries.forEach(entry -> list.add(entry.json()));
    }
    return new JsonObject().put("entries", list);
  }
}
