package dev.polycert.log;

import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * The id of the event that a function is handling. Lambda hands an instance one event at a time, so
 * there is one id; work that continues after its event timed out is logged under the next one. A
 * server has no such id.
 */
@Singleton // A client proxy would be gone while the log is still written at shutdown.
public class CurrentEvent {
  private volatile @Nullable String id;

  /** Notes the next event; null for an event without an id. */
  public void begin(@Nullable String eventId) {
    id = eventId;
  }

  /** Its id; null when there is none. */
  public @Nullable String id() {
    return id;
  }
}
