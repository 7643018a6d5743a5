package dev.polycert.vendor.alibaba.esa;

import dev.polycert.provider.Progress;
import dev.polycert.call.Trimmed;
import dev.polycert.call.UtcTime;
import dev.polycert.provider.Application;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns what ESA shows of a certificate into progress. */
final class EsaProgress {
  private EsaProgress() {}

  static Reference reference(String siteId, String id) {
    return Reference.of("siteId", siteId, "id", id);
  }

  /**
   * @param cnameAccess whether the site is known to be reached by CNAME
   */
  static Progress of(
      Application application,
      Reference reference,
      EsaCertificate certificate,
      boolean cnameAccess,
      @Nullable String requestId) {
    String status = Objects.requireNonNullElse(certificate.status(), "");
    Phase phase = phase(certificate);
    boolean running = phase == Phase.APPLYING || phase == Phase.PENDING_VALIDATION;
    String advice =
        cnameAccess ? DelegatedDcv.advice(application.domain(), reference.id("siteId")) : null;
    return new Progress(
        phase,
        reference,
        running ? validations(application, certificate, advice) : List.of(),
        phase == Phase.ISSUED ? facts(application.domain().ascii(), certificate) : null,
        status,
        message(certificate)
            .orElse(phase == Phase.APPLYING && EsaOptions.dnsOnly(application) ? advice : null),
        requestId);
  }

  /** Where a certificate stands. */
  static Phase phase(EsaCertificate certificate) {
    boolean pending = certificate.validations().stream().anyMatch(EsaCertificate.Dcv::pending);
    return EsaStatus.phase(Objects.requireNonNullElse(certificate.status(), ""), pending);
  }

  private static List<Validation> validations(
      Application application, EsaCertificate certificate, @Nullable String advice) {
    return certificate.validations().stream()
        .flatMap(dcv -> validation(application.domain().base(), dcv))
        .map(validation -> advice == null ? validation : validation.withNote(advice))
        .toList();
  }

  private static Stream<Validation> validation(String domain, EsaCertificate.Dcv dcv) {
    return switch (dcv.type()) {
      case "DNS" -> Stream.of(Validation.dns(domain, dcv.key(), "TXT", dcv.value()));
      case "HTTP" -> Stream.of(Validation.file(domain, dcv.key(), dcv.value()));
      default -> Stream.empty();
    };
  }

  /**
   * @param domain the common name where the vendor tells none
   */
  static CertificateFacts facts(String domain, EsaCertificate certificate) {
    return new CertificateFacts(
        Objects.requireNonNullElse(certificate.commonName(), domain),
        certificate.names(),
        Optional.ofNullable(Trimmed.orNull(certificate.issuerCn()))
            .orElse(Trimmed.orNull(certificate.issuer())),
        Trimmed.orNull(certificate.serialNumber()),
        Trimmed.orNull(certificate.fingerprint()),
        Trimmed.orNull(certificate.publicKeyAlgorithm()),
        UtcTime.parse(certificate.notBefore()),
        UtcTime.parse(certificate.notAfter()));
  }

  private static Optional<String> message(EsaCertificate certificate) {
    return Optional.ofNullable(certificate.applyMessage())
        .map(
            text ->
                certificate.applyCode() == null
                    ? text
                    : text + " (" + certificate.applyCode() + ")");
  }
}
