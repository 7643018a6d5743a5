package dev.polycert.vendor.tencent.ssl;

import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Decides which of the certificates that the vendor has for a domain belongs to an order. */
final class ExistingCertificates {
  /** The vendor refuses signatures of clocks that differ by more, so ours differ by less. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  /** OldCertificateId: "within 30 days of its end, and not expired" (ApplyCertificate). */
  static final Duration LINKABLE = Duration.ofDays(30);

  private static final int FREE_WAITS_FOR_INFORMATION = 13;
  private static final Set<Phase> ENDS =
      Set.of(Phase.FAILED, Phase.EXPIRED, Phase.CANCELLED, Phase.REVOKED);
  private static final Comparator<SslCertificate> OLDEST_FIRST =
      Comparator.comparing(
          SslCertificate::inserted, Comparator.nullsFirst(Comparator.naturalOrder()));

  private ExistingCertificates() {}

  /**
   * A certificate that serves the application, so that nothing has to be sent and no quota is used:
   * a free one that is under way, or issued and not yet due for renewal.
   */
  static Optional<SslCertificate> serving(
      List<SslCertificate> ofDomain, Application application, Instant now) {
    List<SslCertificate> candidates =
        others(ofDomain, application).filter(SslCertificate::free).toList();
    Optional<SslCertificate> issued =
        candidates.stream()
            .filter(certificate -> phase(certificate) == Phase.ISSUED && fresh(certificate, now))
            .max(Comparator.comparing(SslCertificate::notAfter));
    return issued.or(
        () -> candidates.stream().filter(ExistingCertificates::underWay).max(OLDEST_FIRST));
  }

  /**
   * The certificate that a lost ApplyCertificate has made. An application that has ended counts
   * only when it is surely not from before.
   */
  static Optional<SslCertificate> lost(List<SslCertificate> ofDomain, Application application) {
    Instant appliedAt = application.appliedAt() == null ? Instant.MIN : application.appliedAt();
    Instant earliest = appliedAt.equals(Instant.MIN) ? appliedAt : appliedAt.minus(CLOCK_TOLERANCE);
    return others(ofDomain, application)
        .filter(
            certificate -> {
              Instant inserted = certificate.inserted();
              boolean ended = ENDS.contains(phase(certificate));
              return inserted == null ? !ended : !inserted.isBefore(ended ? appliedAt : earliest);
            })
        .max(OLDEST_FIRST);
  }

  /** Whether the vendor lets a new application name this one as its predecessor. */
  static boolean linkable(SslCertificate old, Instant now) {
    Instant end = old.notAfter();
    return phase(old) == Phase.ISSUED
        && end != null
        && now.isBefore(end)
        && !now.isBefore(end.minus(LINKABLE));
  }

  /** Whether it has ended without a certificate. */
  static boolean over(SslCertificate certificate, Instant now) {
    Instant end = certificate.notAfter();
    return ENDS.contains(phase(certificate)) || (end != null && !now.isBefore(end));
  }

  private static Stream<SslCertificate> others(
      List<SslCertificate> ofDomain, Application application) {
    String old =
        application.renewalOf() == null
            ? ""
            : application.renewalOf().id(SslProgress.CERTIFICATE_ID);
    return ofDomain.stream()
        .filter(certificate -> !certificate.uploaded())
        .filter(certificate -> !certificate.certificateId().equals(old))
        .filter(
            certificate ->
                !application
                    .others()
                    .contains(
                        Reference.of(SslProgress.CERTIFICATE_ID, certificate.certificateId())));
  }

  private static boolean underWay(SslCertificate certificate) {
    return switch (phase(certificate)) {
      case APPLYING, PENDING_VALIDATION -> true;
      case PENDING_INFORMATION ->
          Integer.valueOf(FREE_WAITS_FOR_INFORMATION).equals(certificate.status());
      default -> false;
    };
  }

  /** Not yet in the last third of its validity, in which it would be renewed. */
  private static boolean fresh(SslCertificate certificate, Instant now) {
    Instant start = certificate.notBefore();
    Instant end = certificate.notAfter();
    return start != null
        && end != null
        && now.isBefore(end.minus(Duration.between(start, end).dividedBy(3)));
  }

  private static Phase phase(SslCertificate certificate) {
    return SslStatus.of(certificate).phase();
  }
}
