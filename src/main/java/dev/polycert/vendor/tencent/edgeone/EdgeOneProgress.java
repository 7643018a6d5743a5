package dev.polycert.vendor.tencent.edgeone;

import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.Applied;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.FileVerification;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.FreeCertificate;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns EdgeOne's answers into progress of an order. EdgeOne has neither ids nor a status. */
final class EdgeOneProgress {
  private EdgeOneProgress() {}

  /** The application was taken. This answer is the only place that has the validation. */
  static Progress applied(
      DomainName domain, String zoneId, Applied answer, @Nullable String requestId) {
    return new Progress(
        Phase.PENDING_VALIDATION,
        reference(domain, zoneId),
        validations(domain, answer),
        null,
        "accepted",
        null,
        requestId);
  }

  private static List<Validation> validations(DomainName domain, Applied answer) {
    return Stream.concat(
            Stream.ofNullable(answer.dnsVerification())
                .map(found -> DnsDelegation.validation(domain, found)),
            Stream.ofNullable(answer.fileVerification()).map(found -> file(domain, found)))
        .toList();
  }

  private static Validation file(DomainName domain, FileVerification found) {
    String path = found.path().startsWith("/") ? found.path() : "/" + found.path();
    return Validation.file(domain.base(), "http://" + domain.base() + path, found.content());
  }

  /** The certificate exists, or existed. */
  static Progress issued(
      DomainName domain,
      String zoneId,
      FreeCertificate certificate,
      @Nullable String requestId,
      Instant now) {
    boolean expired = !now.isBefore(certificate.expireTime());
    CertificateFacts facts =
        new CertificateFacts(
            certificate.commonName(),
            List.of(certificate.commonName()),
            null,
            null,
            null,
            certificate.signatureAlgorithm(),
            null,
            certificate.expireTime());
    return new Progress(
        expired ? Phase.EXPIRED : Phase.ISSUED,
        reference(domain, zoneId),
        List.of(),
        facts,
        expired ? "expired" : "issued",
        null,
        requestId);
  }

  private static Reference reference(DomainName domain, String zoneId) {
    return Reference.of("zoneId", zoneId, "domain", domain.ascii());
  }
}
