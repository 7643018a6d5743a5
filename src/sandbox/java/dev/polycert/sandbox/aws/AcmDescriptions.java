package dev.polycert.sandbox.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.World;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** Shows certificates, whole or as lists do. */
final class AcmDescriptions {
  private final World world;
  private final AcmValidations validations;

  AcmDescriptions(World world, AcmValidations validations) {
    this.world = world;
    this.validations = validations;
  }

  void describe(AcmCertificate certificate, ObjectNode shown) {
    Instant now = world.now();
    common(certificate, shown);
    shown
        .putObject("Options")
        .put("Export", certificate.exportable ? "ENABLED" : "DISABLED")
        .put("CertificateTransparencyLoggingPreference", "ENABLED");
    certificate.names.forEach(shown.withArray("SubjectAlternativeNames")::add);
    certificate.inUseBy.forEach(shown.putArray("InUseBy")::add);
    if (certificate.failure != null) {
      shown.put("FailureReason", certificate.failure);
    }
    if (!certificate.imported()) {
      options(certificate, shown.putArray("DomainValidationOptions"));
    }
    if (certificate.renewal != null) {
      ObjectNode summary =
          shown
              .putObject("RenewalSummary")
              .put("RenewalStatus", certificate.renewal)
              .put("UpdatedAt", seconds(now));
      options(certificate, summary.putArray("DomainValidationOptions"));
    }
    if (certificate.issued != null) {
      X509Certificate x509 = certificate.x509();
      shown
          .put("Serial", x509.getSerialNumber().toString(16).replaceAll("..(?=.)", "$0:"))
          .put("Subject", x509.getSubjectX500Principal().getName())
          .put("Issuer", "Amazon");
    }
    certificate.described = true;
  }

  private void options(AcmCertificate certificate, ArrayNode options) {
    certificate.names.forEach(name -> option(certificate, name, options.addObject()));
  }

  private void option(AcmCertificate certificate, String name, ObjectNode option) {
    boolean byDns = "DNS".equals(certificate.method);
    boolean open = certificate.issued == null || "PENDING_VALIDATION".equals(certificate.renewal);
    option
        .put("DomainName", name)
        .put("ValidationDomain", name)
        .put("ValidationMethod", certificate.method)
        .put(
            "ValidationStatus",
            open && !(byDns && validations.isValidated(name)) ? "PENDING_VALIDATION" : "SUCCESS");
    if (byDns && certificate.hasRecords(world.now())) {
      option.set("ResourceRecord", AcmValidations.record(name));
    }
  }

  void summary(AcmCertificate certificate, ObjectNode summary) {
    common(certificate, summary);
    summary
        .put("InUse", !certificate.inUseBy.isEmpty())
        .put("Exported", certificate.exported)
        .put("ExportOption", certificate.exportable ? "ENABLED" : "DISABLED")
        .put("HasAdditionalSubjectAlternativeNames", false);
    certificate.names.forEach(summary.withArray("SubjectAlternativeNameSummaries")::add);
  }

  private void common(AcmCertificate certificate, ObjectNode shown) {
    Instant now = world.now();
    shown
        .put("CertificateArn", certificate.arn)
        .put("DomainName", certificate.names.getFirst())
        .put("Status", certificate.status(now))
        .put("Type", certificate.type())
        .put("KeyAlgorithm", certificate.keyAlgorithm)
        .put("CreatedAt", seconds(certificate.created))
        .put("RenewalEligibility", certificate.renewable(now) ? "ELIGIBLE" : "INELIGIBLE");
    if (certificate.issued != null) {
      X509Certificate x509 = certificate.x509();
      shown
          .put(certificate.imported() ? "ImportedAt" : "IssuedAt", seconds(certificate.issued))
          .put("NotBefore", seconds(x509.getNotBefore().toInstant()))
          .put("NotAfter", seconds(x509.getNotAfter().toInstant()));
    }
    if (certificate.revoked != null) {
      shown.put("RevokedAt", seconds(certificate.revoked));
    }
  }

  private static double seconds(Instant at) {
    return at.getEpochSecond();
  }
}
