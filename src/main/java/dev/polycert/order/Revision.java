package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which record of an order it is.
 *
 * @param version counts the recorded transitions; the first record has 1
 * @param by the caller whose request led to it; null when no request did
 * @param others members that a newer version has recorded and this one does not know, as JSON by
 *     their names; they stay as they are
 */
@JsonIgnoreProperties("others")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Revision(
    long version, Instant updatedAt, @Nullable String by, Map<String, String> others) {

  public Revision(
      long version, Instant updatedAt, @Nullable String by, @Nullable Map<String, String> others) {
    this.version = version;
    this.updatedAt = updatedAt;
    this.by = by;
    this.others = others == null ? Map.of() : Map.copyOf(others);
  }

  /** The first record of an order. */
  public static Revision first(Instant now) {
    return new Revision(1, now, null, Map.of());
  }

  /** The record that follows; it is not older, even if the clock was put back in between. */
  Revision next(Instant now) {
    return new Revision(version + 1, noEarlier(now), null, others);
  }

  Revision withOthers(Map<String, String> others) {
    return new Revision(version, updatedAt, by, others);
  }

  Revision by(@Nullable String caller) {
    return new Revision(version, updatedAt, caller, others);
  }

  /** This time, or that of the record where the clock was put back since. */
  Instant noEarlier(Instant now) {
    return now.isBefore(updatedAt) ? updatedAt : now;
  }
}
