package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.call.VendorError;
import dev.polycert.dns.Delegation;
import dev.polycert.dns.DnsRecord;
import dev.polycert.provider.Validation;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A DNS record of an order that we publish ourselves.
 *
 * @param recordName where the validation is looked for
 * @param writtenName where the record is written: the same, or the end of a CNAME delegation
 * @param writer the id of the DNS writer; null while there is none
 * @param zone the zone that is written
 * @param recordId the writer's id of the record, once known
 * @param error why the last try did not work
 * @param attempts tries since the state was entered
 * @param at when it was last tried
 * @param keyAuthorization that of the validation, for writers that send it in place of the value
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Publication(
    String recordName,
    String writtenName,
    String type,
    String value,
    @Nullable String writer,
    @Nullable String zone,
    State state,
    @Nullable String recordId,
    @Nullable VendorError error,
    int attempts,
    Instant at,
    @Nullable String keyAuthorization) {

  /** How far it is. */
  public enum State {
    /** No writer can write it; a person has to publish it. */
    BLOCKED,
    /** It existed before the order, and stays after it. */
    FOUND,
    /** Recorded before the writer is called: the record may or may not exist. */
    WRITING,
    /** The writer has taken it; its servers may not answer with it yet. */
    WRITTEN,
    /** Every authoritative server answers with it. */
    SEEN,
    REMOVED,
    /** Another order still needs it and will remove it. */
    PASSED_ON,
    /** It could not be removed in many tries; a person has to remove it. */
    LEFT
  }

  /** A record that a person has to publish. */
  public static Publication blocked(Validation validation, VendorError error, Instant now) {
    String name = Objects.requireNonNull(validation.recordName());
    return new Publication(
        name,
        name,
        Objects.requireNonNull(validation.recordType()),
        Objects.requireNonNull(validation.recordValue()),
        null,
        null,
        State.BLOCKED,
        null,
        error,
        0,
        now,
        validation.keyAuthorization());
  }

  /** A record in a place that can be written. */
  public static Publication at(
      Validation validation, Delegation.Writable at, State state, Instant now) {
    return new Publication(
        Objects.requireNonNull(validation.recordName()),
        at.record().name(),
        at.record().type(),
        at.record().value(),
        at.place().writer().id(),
        at.place().zone(),
        state,
        null,
        null,
        0,
        now,
        validation.keyAuthorization());
  }

  public boolean is(State other) {
    return state == other;
  }

  /** Whether it may exist because Polycert wrote it. */
  public boolean ours() {
    return switch (state) {
      case WRITING, WRITTEN, SEEN -> true;
      case BLOCKED, FOUND, REMOVED, PASSED_ON, LEFT -> false;
    };
  }

  /** Whether it publishes that validation. */
  public boolean publishes(Validation validation) {
    return recordName.equals(validation.recordName())
        && type.equals(validation.recordType())
        && value.equals(validation.recordValue());
  }

  /** Whether it is written where another one is, out of the same knowledge. */
  public boolean isWhere(Publication other) {
    return Objects.equals(writer, other.writer)
        && Objects.equals(zone, other.zone)
        && writtenName.equals(other.writtenName)
        && Objects.equals(keyAuthorization, other.keyAuthorization);
  }

  /** The record as it is written. */
  public DnsRecord record() {
    return new DnsRecord(writtenName, type, value, keyAuthorization);
  }

  /** The same record in another state. */
  public Publication in(State next, @Nullable String id, Instant now) {
    return new Publication(
        recordName,
        writtenName,
        type,
        value,
        writer,
        zone,
        next,
        id,
        null,
        0,
        now,
        keyAuthorization);
  }

  /** The same record, after a try that did not work. */
  public Publication failed(VendorError why, Instant now) {
    return new Publication(
        recordName,
        writtenName,
        type,
        value,
        writer,
        zone,
        state,
        recordId,
        why,
        attempts + 1,
        now,
        keyAuthorization);
  }
}
