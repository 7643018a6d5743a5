package dev.polycert.vendor.huawei.scm;

import dev.polycert.call.Answer;
import dev.polycert.call.Trimmed;
import dev.polycert.call.UtcTime;
import dev.polycert.provider.Application;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.vendor.huawei.scm.ScmApi.Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what SCM shows of a certificate into progress. */
final class ScmProgress {
  /** Bought, not applied for. */
  static final String PAID = "PAID";

  /** Being withdrawn; bought again afterwards. */
  static final String CANCELCHECKING = "CANCELCHECKING";

  /** An own certificate that was put there by hand or by a delivery. */
  static final String UPLOAD = "UPLOAD";

  private static final String PUBLISHED_BY_VENDOR =
      "SCM publishes this record by itself where Huawei Cloud DNS hosts the zone";

  private static final String BY_EMAIL =
      "the CA writes to the administrators of the domain: follow the link in that e-mail";

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
        PAID,
        "no application any more; the bought certificate can be used for another",
        requestId);
  }

  /** How the certificate of a reference stands for an application. */
  static Progress of(
      Application application, Reference reference, Answer.Success<Certificate> answer) {
    Certificate shown = answer.value();
    Phase phase = phase(shown.status(), !shown.authentications().isEmpty());
    boolean running = running(shown.status());
    return new Progress(
        phase,
        reference,
        running ? validations(application, shown) : List.of(),
        phase == Phase.ISSUED ? facts(shown) : null,
        shown.status(),
        running && ScmOptions.byEmail(application) ? byEmail(shown) : message(shown),
        answer.requestId());
  }

  /**
   * Maps SCM's statuses, an open enumeration: the vendor's own sample leaves it.
   *
   * @param validationKnown whether the vendor says what to publish
   */
  static Phase phase(String status, boolean validationKnown) {
    return switch (status) {
      case PAID -> Phase.PENDING_INFORMATION;
      case "CHECKING" -> validationKnown ? Phase.PENDING_VALIDATION : Phase.APPLYING;
      case "CHECKING_DOMAIN", "CHECKING_ORG" -> Phase.PENDING_VALIDATION;
      case "ISSUING" -> Phase.APPLYING;
      // The last two add a domain to an issued multi-domain certificate.
      case "ISSUED", UPLOAD, "SUPPLEMENTCHECKING", "CANCELSUPPLEMENTING" -> Phase.ISSUED;
      case "UNPASSED" -> Phase.FAILED;
      case "EXPIRED" -> Phase.EXPIRED;
      case "REVOKED" -> Phase.REVOKED;
      // CANCELCHECKING, REVOKING and CANCLEREVOKING (sic) are on their way to something else.
      default -> Phase.UNKNOWN;
    };
  }

  /** Whether an application is under way. */
  static boolean running(String status) {
    Phase phase = phase(status, true);
    return phase == Phase.APPLYING || phase == Phase.PENDING_VALIDATION;
  }

  private static List<Validation> validations(Application application, Certificate shown) {
    boolean auto = application.terms().validation() == ValidationMethod.DNS_AUTO;
    return shown.authentications().stream()
        .map(
            record ->
                Validation.dns(
                    record.validates(application.domain()),
                    record.recordName(),
                    record.recordType(),
                    record.recordValue()))
        .map(validation -> auto ? validation.withNote(PUBLISHED_BY_VENDOR) : validation)
        .toList();
  }

  private static CertificateFacts facts(Certificate shown) {
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

  private static String byEmail(Certificate shown) {
    String said = message(shown);
    return said == null ? BY_EMAIL : said + "; " + BY_EMAIL;
  }

  private static @Nullable String message(Certificate shown) {
    String said = explanation(shown);
    int used = shown.names().size();
    if (!ScmStock.isMulti(shown.domainType()) || used == 0 || used >= shown.domainCount()) {
      return said;
    }
    String left =
        "the certificate holds "
            + shown.domainCount()
            + " names, of which "
            + used
            + " are used; option alternativeNames asks for more in an application";
    return said == null ? left : said + "; " + left;
  }

  private static @Nullable String explanation(Certificate shown) {
    return switch (shown.status()) {
      case PAID -> "bought, but not applied for";
      case "CHECKING_ORG" -> "the CA checks the organisation and may call";
      case "UNPASSED" -> "the CA did not pass the application";
      case "REVOKED" -> shown.revokeReason();
      default -> null;
    };
  }

  /** A bought certificate that cannot be applied for yet. */
  static Progress waits(
      Application application, List<String> problems, @Nullable String requestId) {
    return new Progress(
        Phase.PENDING_INFORMATION,
        application.requireReference(),
        List.of(),
        null,
        PAID,
        String.join("; ", problems),
        requestId);
  }

  /** An application that was taken just now. */
  static Progress applied(Application application, String info, @Nullable String requestId) {
    return new Progress(
        Phase.APPLYING, application.requireReference(), List.of(), null, info, null, requestId);
  }
}
