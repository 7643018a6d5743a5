package dev.polycert.vendor.alibaba.esa;

import dev.polycert.call.Answer;
import dev.polycert.call.Trimmed;
import dev.polycert.call.UtcTime;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import dev.polycert.vendor.alibaba.esa.EsaApi.Certificate;
import dev.polycert.vendor.alibaba.esa.EsaApi.Dcv;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns what ESA shows of a certificate into progress. */
final class EsaProgress {
  private EsaProgress() {}

  static Reference reference(String siteId, String id) {
    return Reference.of(EsaOptions.SITE_ID, siteId, "id", id);
  }

  /** How the certificate of a reference stands for an application. */
  static Progress of(
      Application application, Reference reference, Answer.Success<Certificate> shown) {
    Certificate certificate = shown.value();
    Phase phase = phase(certificate);
    boolean running = phase == Phase.APPLYING || phase == Phase.PENDING_VALIDATION;
    String advice =
        EsaPreparation.isReachedByCname(application.plan())
            ? delegation(application.domain(), reference.id(EsaOptions.SITE_ID))
            : null;
    return new Progress(
        phase,
        reference,
        running ? validations(application, certificate, advice) : List.of(),
        phase == Phase.ISSUED ? facts(application.domain().ascii(), certificate) : null,
        Objects.requireNonNullElse(certificate.status(), ""),
        message(certificate)
            .orElse(
                phase == Phase.APPLYING && EsaOptions.dnsOnly(application) && advice != null
                    ? advice
                    : site(certificate.siteName())),
        shown.requestId());
  }

  /** The progress of an application that was accepted just now. */
  static Progress applied(String siteId, Answer.Success<EsaApi.Entry> entry) {
    String status = entry.value().status();
    return new Progress(
        phase(status, false),
        reference(siteId, entry.value().id()),
        List.of(),
        null,
        status,
        site(entry.value().siteName()),
        entry.requestId());
  }

  /** Names the site, which the vendor found by its number. */
  private static @Nullable String site(@Nullable String name) {
    return name == null ? null : "site " + name;
  }

  /** Where a certificate stands. */
  static Phase phase(Certificate certificate) {
    boolean validationPending = certificate.dcv().stream().anyMatch(Dcv::pending);
    return phase(Objects.requireNonNullElse(certificate.status(), ""), validationPending);
  }

  /** Maps ESA's statuses, an open enumeration. */
  private static Phase phase(String status, boolean validationPending) {
    return switch (status) {
      case "Applying" -> validationPending ? Phase.PENDING_VALIDATION : Phase.APPLYING;
      case "Issued", "OK", "Expiring" -> Phase.ISSUED;
      case "Expired" -> Phase.EXPIRED;
      case "ApplyFailed" -> Phase.FAILED;
      case "Canceled" -> Phase.CANCELLED;
      default -> Phase.UNKNOWN;
    };
  }

  /**
   * How to hand validation over to ESA once and for all, which a site that is reached by CNAME
   * needs for DigiCert and for wildcards; {@code *.example.com} and {@code example.com} share the
   * record.
   */
  static String delegation(DomainName domain, String siteId) {
    return "To let ESA validate this and every renewal by itself, publish CNAME _dnsauth."
        + domain.base()
        + " -> "
        + domain.base()
        + "."
        + siteId
        + ".dcv.aliyun-esa.com";
  }

  private static List<Validation> validations(
      Application application, Certificate certificate, @Nullable String advice) {
    return certificate.dcv().stream()
        .flatMap(dcv -> validation(application.domain().base(), dcv))
        .map(validation -> advice == null ? validation : validation.withNote(advice))
        .toList();
  }

  private static Stream<Validation> validation(String domain, Dcv dcv) {
    return switch (dcv.type()) {
      case "DNS" -> Stream.of(Validation.dns(domain, dcv.key(), "TXT", dcv.value()));
      case "HTTP" -> Stream.of(Validation.file(domain, dcv.key(), dcv.value()));
      default -> Stream.empty();
    };
  }

  /**
   * What is known of an issued certificate.
   *
   * @param domain the common name where the vendor gives none
   */
  static CertificateFacts facts(String domain, Certificate certificate) {
    return new CertificateFacts(
        Objects.requireNonNullElse(certificate.commonName(), domain),
        certificate.names(),
        Optional.ofNullable(Trimmed.orNull(certificate.issuerCn()))
            .orElse(Trimmed.orNull(certificate.issuer())),
        Trimmed.orNull(certificate.serialNumber()),
        Trimmed.orNull(certificate.fingerprintSha256()),
        Trimmed.orNull(certificate.pubAlg()),
        UtcTime.parse(certificate.notBefore()),
        UtcTime.parse(certificate.notAfter()));
  }

  private static Optional<String> message(Certificate certificate) {
    return Optional.ofNullable(certificate.applyMessage())
        .map(
            text ->
                certificate.applyCode() == null
                    ? text
                    : text + " (" + certificate.applyCode() + ")");
  }
}
