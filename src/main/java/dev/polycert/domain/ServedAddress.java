package dev.polycert.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one address of a host served when we looked.
 *
 * @param host as {@link ServedHost} spells it
 * @param address null when no address of the host is known
 * @param detail what is wrong, as the rest of a sentence that begins with the host; null when
 *     nothing is
 * @param serialNumber of the certificate that it served, lower-case hex; null when it showed none
 * @param fingerprint the SHA-256 of that certificate, lower-case hex
 * @param notAfter the end of that certificate, exclusive
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServedAddress(
    String host,
    @Nullable String address,
    Status status,
    @Nullable String detail,
    @Nullable String serialNumber,
    @Nullable String fingerprint,
    @Nullable Instant notBefore,
    @Nullable Instant notAfter) {

  /** How the served certificate compares with the expected one. */
  public enum Status {
    /** The expected certificate, or any good one where none is known. */
    SERVED,
    /** Another certificate, which began no later than the expected one. */
    OLDER,
    /** Another certificate, which began later, or at an unknown time. */
    ANOTHER,
    /** A certificate for other names. */
    NAME_NOT_COVERED,
    /** The right certificate, without those between it and a root. */
    CHAIN_INCOMPLETE,
    /** The right certificate, which ends soon or has ended. */
    EXPIRING,
    /** The right certificate, which is not valid yet. */
    NOT_YET_VALID,
    /** No certificate was seen. */
    UNREACHABLE,
    /** The look failed, which says nothing about the host. */
    UNKNOWN
  }

  /** An address at which no certificate was seen. */
  public static ServedAddress unreachable(ServedHost host, @Nullable String address, String why) {
    return new ServedAddress(
        host.toString(), address, Status.UNREACHABLE, why, null, null, null, null);
  }

  /** An address that could not be looked at. */
  public static ServedAddress unknown(ServedHost host, @Nullable String address, String why) {
    return new ServedAddress(host.toString(), address, Status.UNKNOWN, why, null, null, null, null);
  }

  /** Whether the certificate that it serves ends so soon that people are notified. */
  public boolean expiring(Instant now) {
    return notBefore != null && notAfter != null && Expiry.worrying(notBefore, notAfter, now);
  }

  /** Whole days until the certificate ends, negative after that; null when it showed none. */
  public @Nullable Long daysLeft(Instant now) {
    return notAfter == null ? null : (Long) Expiry.daysLeft(notAfter, now);
  }

  /** The finding in one sentence. */
  public String sentence() {
    String where = address == null || host.contains(address) ? host : host + " (" + address + ")";
    return where + " " + (detail == null ? "serves it" : detail);
  }
}
