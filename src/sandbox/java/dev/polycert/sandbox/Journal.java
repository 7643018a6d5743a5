package dev.polycert.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came in call by call, in the order of arrival, while somebody wants to know. */
@ApplicationScoped
class Journal {
  private @Nullable List<Entry> entries;

  /**
   * One call.
   *
   * @param subject what it was about
   * @param throttled whether it was refused as over the rate, by a fault or by the limit itself
   */
  record Entry(
      Instant at,
      String provider,
      String operation,
      String subject,
      Optional<Fault.Kind> fault,
      boolean throttled) {

    JsonObject json() {
      return new JsonObject()
          .put("at", at.toString())
          .put("provider", provider)
          .put("operation", operation)
          .put("subject", subject)
          .put("fault", fault.map(Enum::name).orElse(null))
          .put("throttled", throttled);
    }
  }

  /** Starts afresh. */
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
