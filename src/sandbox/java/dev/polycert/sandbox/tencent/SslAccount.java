package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.World;
import dev.polycert.sandbox.tencent.TencentApi.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The certificates of each emulated account; validates, issues and expires them. */
final class SslAccount {
  static final String PROVIDER = "tencent-ssl";
  private static final String ID_CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final Duration FREE_VALIDITY = Duration.ofDays(90);

  /** The longest that the CA/Browser Forum allows from 2026-03-15 on. */
  private static final Duration PAID_VALIDITY = Duration.ofDays(199);

  private final World world;
  private final Map<String, SslCertificate> certificates = new LinkedHashMap<>();
  private String recordType = "TXT";
  private Duration detailDelay = Duration.ZERO;

  SslAccount(World world) {
    this.world = world;
    world.onReset(this::reset);
  }

  private void reset() {
    certificates.clear();
    recordType = "TXT";
    detailDelay = Duration.ZERO;
  }

  /** The record type of DNS validations of free certificates, {@code TXT} or {@code CNAME}. */
  void recordType(String type) {
    recordType = type;
  }

  /** How long after the application DvAuthDetail stays empty. */
  void detailDelay(Duration delay) {
    detailDelay = delay;
  }

  World world() {
    return world;
  }

  SslCertificate add(String domain, boolean paid, int status) {
    SslCertificate certificate =
        new SslCertificate(world.random(8, ID_CHARACTERS), domain, paid, status, world.now());
    certificate.account = world.account();
    certificates.put(certificate.id, certificate);
    return certificate;
  }

  void remove(SslCertificate certificate) {
    certificates.remove(certificate.id);
  }

  /** The certificates of every account. */
  Collection<SslCertificate> ofEveryone() {
    return certificates.values();
  }

  /** All certificates of the caller as they were at the last look, newest first. */
  List<SslCertificate> all() {
    return certificates.values().stream().filter(this::isCallers).toList().reversed();
  }

  private boolean isCallers(SslCertificate certificate) {
    return certificate.account.equals(world.account());
  }

  /**
   * Finds a certificate as it is now.
   *
   * @throws Refused with the code {@code FailedOperation.CertificateNotFound}
   */
  SslCertificate find(String id) {
    SslCertificate certificate = asItWas(id, "FailedOperation.CertificateNotFound");
    progress(certificate);
    return certificate;
  }

  /** Finds a certificate as it was at the last look. */
  SslCertificate asItWas(String id, String codeWhenUnknown) {
    SslCertificate certificate = certificates.get(id);
    if (certificate == null || !isCallers(certificate)) {
      throw new Refused(codeWhenUnknown, "证书不存在。");
    }
    return certificate;
  }

  /** Opens the validation of a certificate: chooses its proofs. */
  void openValidation(SslCertificate certificate) {
    String type =
        certificate.method.equals("FILE") ? "FILE" : certificate.paid ? "CNAME" : recordType;
    certificate.submittedAt = world.now();
    certificate.statusMessage = "PENDING-DCV";
    certificate.orderId = world.random(18, ID_CHARACTERS);
    certificate.proofs =
        certificate.domains().stream()
            .map(domain -> DomainProof.make(world, domain, type))
            .distinct()
            .toList();
    if (certificate.method.equals("DNS_AUTO")) {
      certificate.proofs.forEach(proof -> world.addDns(proof.key(), proof.type(), proof.value()));
    }
  }

  /** Whether DescribeCertificate shows the proofs. */
  boolean showsDetail(SslCertificate certificate) {
    return certificate.awaitsValidation()
        && !certificate.proofs.isEmpty()
        && !world.now().isBefore(certificate.submittedAt.plus(detailDelay));
  }

  /** Validates, issues or expires the certificate if that is due. */
  void progress(SslCertificate certificate) {
    Instant now = world.now();
    if (certificate.awaitsValidation() && !certificate.proofs.isEmpty()) {
      validate(certificate, now);
    } else if (certificate.status == SslStatus.ISSUED
        && certificate.issued != null
        && now.isAfter(certificate.issued.notAfter())) {
      certificate.status = SslStatus.EXPIRED;
    } else if (certificate.status == SslStatus.REVOKING) {
      certificate.status = SslStatus.REVOKED;
    }
  }

  private void validate(SslCertificate certificate, Instant now) {
    if (certificate.validatedAt == null) {
      if (!now.isBefore(certificate.deadline())) {
        certificate.status = SslStatus.FAILED;
        certificate.statusMessage = "域名验证超时";
        return;
      }
      if (!certificate.proofs.stream().allMatch(proof -> proof.published(world))) {
        return;
      }
      certificate.validatedAt = now;
      certificate.statusMessage = "WAIT-ISSUE";
    }
    if (!now.isBefore(certificate.validatedAt.plus(world.issueDelay()))) {
      issue(certificate);
    }
  }

  /** The status message lags behind the status, as in the official sample of an issued one. */
  private void issue(SslCertificate certificate) {
    List<String> names = certificate.subjects(world);
    Duration validity = certificate.paid ? PAID_VALIDITY : FREE_VALIDITY;
    String csr = certificate.information.getString("CsrContent");
    certificate.issued =
        csr == null
            ? world.issue(names, validity, certificate.keyKind)
            : world.issueForCsr(csr, names, validity).orElseThrow();
    certificate.status = SslStatus.ISSUED;
    certificate.statusMessage = "CA-REVIEWING";
    if (certificate.deleteRecord) {
      certificate.proofs.forEach(
          proof -> world.removeDns(proof.key(), proof.type(), proof.value()));
    }
  }
}
