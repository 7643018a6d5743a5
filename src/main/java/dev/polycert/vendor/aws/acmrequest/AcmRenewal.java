package dev.polycert.vendor.aws.acmrequest;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.call.VendorText;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reports how ACM gets on with a renewal that it makes by itself ("Managed renewal"). */
final class AcmRenewal {
  static final String CODE = "Renewal.ByAcm";

  private AcmRenewal() {}

  /**
   * The problem of an issued certificate whose renewal does not go on by itself; empty when nothing
   * is wrong.
   */
  static Optional<VendorError> trouble(AcmCertificate certificate, @Nullable String requestId) {
    AcmCertificate.Renewal renewal = certificate.renewal();
    if (renewal == null || !certificate.is(AcmCertificate.ISSUED)) {
      return Optional.empty();
    }
    return switch (renewal.status()) {
      case AcmCertificate.PENDING, AcmCertificate.FAILED ->
          Optional.of(
              new VendorError(
                  ErrorClass.NEEDS_USER,
                  "Renewal." + renewal.status(),
                  text(certificate),
                  requestId,
                  null));
      default -> Optional.empty();
    };
  }

  /** The state of the renewal, in words. */
  static String text(AcmCertificate certificate) {
    AcmCertificate.Renewal renewal = certificate.renewal();
    if (renewal == null) {
      return "ACM renews it by itself, and has not begun yet";
    }
    return switch (renewal.status()) {
      case AcmCertificate.PENDING ->
          "ACM renews it by itself, and does not see all records of its validation"
              + missing(certificate);
      case AcmCertificate.FAILED ->
          "ACM has failed to renew it"
              + (renewal.reason() == null
                  ? ""
                  : ": "
                      + AcmProgress.REASONS.getOrDefault(
                          renewal.reason(), VendorText.clean(renewal.reason())));
      default -> "ACM renews it by itself: " + VendorText.clean(renewal.status());
    };
  }

  private static String missing(AcmCertificate certificate) {
    List<String> records =
        certificate.validations().stream()
            .map(AcmCertificate.NameValidation::record)
            .flatMap(record -> Optional.ofNullable(record).stream())
            .map(record -> record.name() + " " + record.type() + " " + record.value())
            .distinct()
            .toList();
    return records.isEmpty() ? "" : "; publish " + String.join(", ", records);
  }
}
