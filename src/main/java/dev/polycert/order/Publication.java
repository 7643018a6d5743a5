package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A DNS record of an order that we publish ourselves.
 *
 * @param recordName where the validation is looked for
 * @param writtenName where the record is written: the same, or the end of a CNAME delegation
 * @param writer the id of the DNS writer
 * @param zone the zone that is written
 * @param recordId what the writer calls the record, once known
 * @param at when the state was entered
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Publication(
    String recordName,
    String writtenName,
    String type,
    String value,
    String writer,
    String zone,
    State state,
    @Nullable String recordId,
    Instant at) {

  /** How far it is. */
  public enum State {
    /** It was there before us, and stays when we are done. */
    FOUND,
    /** Recorded before the writer is called: it may or may not be there. */
    WRITING,
    /** The writer has taken it; its servers may not answer with it yet. */
    WRITTEN,
    /** Every authoritative server answers with it. */
    SEEN,
    REMOVED
  }

  /** The same record, in another state. */
  Publication in(State next, @Nullable String id, Instant now) {
    return new Publication(recordName, writtenName, type, value, writer, zone, next, id, now);
  }
}
