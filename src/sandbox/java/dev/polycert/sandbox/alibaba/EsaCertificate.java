package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.DomainNames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certificate of a site: applied for here, or brought along.
 *
 * @param names what it is for; of one applied for, the one domain of the application
 * @param free what was applied for; null for one brought along
 * @param origin {@code free}, {@code cas} or {@code upload}
 * @param challenges how to prove control while it is being applied for
 * @param validated when the CA saw control, or null
 * @param facts null until it is issued, and of {@code cas}, whose content is elsewhere
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

  /** Whether it is for this record: by its very name, or by a wildcard one label above. */
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
