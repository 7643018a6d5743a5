package dev.polycert.vendor.huawei.scm;

import dev.polycert.provider.Progress;
import dev.polycert.call.Trimmed;
import dev.polycert.call.UtcTime;
import dev.polycert.provider.Application;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what SCM shows of a certificate into progress. */
final class ScmProgress {
  private static final String PUBLISHED_BY_VENDOR =
      "SCM publishes this record by itself where Huawei Cloud DNS hosts the zone";

  private ScmProgress() {}

  static Reference reference(String certificateId) {
    return Reference.of(ScmOptions.CERTIFICATE_ID, certificateId);
  }

  /** The certificate of an application. */
  static String id(Application application) {
    return application.requireReference().id(ScmOptions.CERTIFICATE_ID);
  }

  /** What is left of an application that was withdrawn, here or in the console. */
  static Progress withdrawn(Application application, @Nullable String requestId) {
    return new Progress(
        Phase.CANCELLED,
        application.requireReference(),
        List.of(),
        null,
        ScmStatus.PAID,
        "no application any more; the bought certificate can be used for another",
        requestId);
  }

  static Progress of(
      Application application,
      Reference reference,
      ScmCertificate shown,
      @Nullable String requestId) {
    Phase phase = ScmStatus.phase(shown.status(), !shown.validations().isEmpty());
    boolean running = ScmStatus.running(shown.status());
    return new Progress(
        phase,
        reference,
        running ? validations(application, shown) : List.of(),
        phase == Phase.ISSUED ? facts(shown) : null,
        shown.status(),
        message(shown),
        requestId);
  }

  private static List<Validation> validations(Application application, ScmCertificate shown) {
    boolean auto = application.terms().validation() == ValidationMethod.DNS_AUTO;
    return shown.validations().stream()
        .map(
            record ->
                Validation.dns(
                    application.domain().base(),
                    record.recordName(),
                    record.recordType(),
                    record.recordValue()))
        .map(validation -> auto ? validation.withNote(PUBLISHED_BY_VENDOR) : validation)
        .toList();
  }

  private static CertificateFacts facts(ScmCertificate shown) {
    return new CertificateFacts(
        shown.domain(),
        shown.names(),
        null,
        null,
        Trimmed.orNull(shown.fingerprint()),
        null,
        UtcTime.parse(shown.notBefore()),
        UtcTime.parse(shown.notAfter()));
  }

  private static @Nullable String message(ScmCertificate shown) {
    return switch (shown.status()) {
      case ScmStatus.PAID -> "bought, but not applied for";
      case "CHECKING_ORG" -> "the CA checks the organisation and may call";
      case "UNPASSED" -> "the CA did not pass the application";
      case "REVOKED" -> shown.revokeReason();
      default -> null;
    };
  }

  /** A bought certificate that cannot be applied for yet. */
  static Outcome waits(Application application, List<String> problems, @Nullable String requestId) {
    return new Progress(
        Phase.PENDING_INFORMATION,
        application.requireReference(),
        List.of(),
        null,
        ScmStatus.PAID,
        String.join("; ", problems),
        requestId);
  }

  /** An application that was taken just now. */
  static Outcome applied(Application application, String info, @Nullable String requestId) {
    return new Progress(
        Phase.APPLYING, application.requireReference(), List.of(), null, info, null, requestId);
  }
}
