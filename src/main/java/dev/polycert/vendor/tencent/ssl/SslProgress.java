package dev.polycert.vendor.tencent.ssl;

import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import org.jspecify.annotations.Nullable;

/** Turns a certificate of the vendor into progress of an order. */
final class SslProgress {
  /** The name of the vendor's id in a {@link Reference}. */
  static final String CERTIFICATE_ID = "certificateId";

  private SslProgress() {}

  static Progress of(DomainName domain, SslCertificate certificate, @Nullable String requestId) {
    SslStatus status = SslStatus.of(certificate);
    boolean issued = status.phase() == Phase.ISSUED;
    return new Progress(
        status.phase(),
        Reference.of(CERTIFICATE_ID, certificate.certificateId()),
        SslValidations.of(domain, issued ? null : certificate.dvAuthDetail()),
        issued ? facts(domain.ascii(), certificate) : null,
        SslStatus.verbatim(certificate),
        status.message(),
        requestId);
  }

  /** The same progress with another explanation. */
  static Progress explained(Progress progress, String message) {
    return new Progress(
        progress.phase(),
        progress.reference(),
        progress.validations(),
        progress.certificate(),
        progress.vendorStatus(),
        message,
        progress.requestId());
  }

  static CertificateFacts facts(String domain, SslCertificate certificate) {
    String commonName = certificate.domain() == null ? domain : certificate.domain();
    return new CertificateFacts(
        commonName,
        certificate.subjectAltName(),
        null,
        null,
        null,
        certificate.encryptAlgorithm(),
        certificate.notBefore(),
        certificate.notAfter());
  }
}
