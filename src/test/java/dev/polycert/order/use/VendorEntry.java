package dev.polycert.order.use;

import dev.polycert.call.Answer;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a random vendor has of one application. */
final class VendorEntry {
  final String id;
  final String domain;
  final int generation;
  final Instant createdAt;
  final Instant visibleFrom;
  Phase phase;
  @Nullable Instant notBefore;
  @Nullable Instant notAfter;

  VendorEntry(
      String id, String domain, int generation, Instant at, Instant visibleFrom, Phase phase) {
    this.id = id;
    this.domain = domain;
    this.generation = generation;
    this.createdAt = at;
    this.visibleFrom = visibleFrom;
    this.phase = phase;
  }

  Reference reference() {
    return Reference.of("certificateId", id);
  }

  boolean live(Instant now) {
    return phase == Phase.ISSUED && notAfter != null && now.isBefore(notAfter);
  }

  boolean open() {
    return switch (phase) {
      case PLACING, APPLYING, PENDING_INFORMATION, PENDING_VALIDATION -> true;
      default -> false;
    };
  }

  Answer<Progress> told(Phase as) {
    CertificateFacts facts =
        notAfter == null
            ? null
            : new CertificateFacts(
                domain, List.of(domain), "CA", id, null, null, notBefore, notAfter);
    List<Validation> validations =
        as == Phase.PENDING_VALIDATION
            ? List.of(Validation.dns(domain, "_dnsauth." + domain, "TXT", id))
            : List.of();
    return Answer.of(
        new Progress(as, reference(), validations, facts, "vendor-" + as, null, "req-" + id));
  }
}
