package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.DomainNames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certificate of a site: applied for at ESA, or uploaded.
 *
 * @param names its names; before it is issued, the domain of the application
 * @param free the kind that was applied for; null for an uploaded one
 * @param origin {@code free}, {@code cas} or {@code upload}
 * @param challenges how to prove control while it is being applied for
 * @param validated when the CA validated control, or null
 * @param facts null until it is issued, and for {@code cas}, whose content ESA does not have
 * @param failure why the application failed, or null
 */
record EsaCertificate(
    String id,
    long siteId,
    String name,
    List<String> names,
    @Nullable FreeType free,
    String origin,
    Instant created,
    Instant updated,
    List<Challenge> challenges,
    @Nullable Instant validated,
    @Nullable CertificateFacts facts,
    @Nullable String failure) {
  private static final Duration EXPIRING = Duration.ofDays(30);

  boolean applying() {
    return free != null && facts == null && failure == null;
  }

  /** Whether it can serve a handshake now. */
  boolean valid(Instant now) {
    return List.of("OK", "Issued", "Expiring").contains(status(now));
  }

  String status(Instant now) {
    if (applying()) {
      return "Applying";
    }
    if (failure != null) {
      return "ApplyFailed";
    }
    if (facts != null && !now.isBefore(facts.notAfter())) {
      return "Expired";
    }
    if (facts != null && !now.isBefore(facts.notAfter().minus(EXPIRING))) {
      return "Expiring";
    }
    return free == null ? "OK" : "Issued";
  }

  /** Whether one of its names is the record, or a wildcard one label above it. */
  boolean covers(String record) {
    var wildcard = "*" + record.substring(Math.max(0, record.indexOf('.')));
    return names.contains(record) || (!DomainNames.wildcard(record) && names.contains(wildcard));
  }

  EsaCertificate validated(Instant now) {
    return new EsaCertificate(
        id, siteId, name, names, free, origin, created, now, List.of(), now, null, null);
  }

  EsaCertificate issued(CertificateFacts issued, Instant now) {
    return new EsaCertificate(
        id, siteId, name, names, free, origin, created, now, List.of(), validated, issued, null);
  }

  EsaCertificate failed(String reason, Instant now) {
    return new EsaCertificate(
        id, siteId, name, names, free, origin, created, now, List.of(), validated, null, reason);
  }
}
