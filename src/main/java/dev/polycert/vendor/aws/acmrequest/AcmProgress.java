package dev.polycert.vendor.aws.acmrequest;

import dev.polycert.call.VendorText;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Validation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the state of a certificate into progress. */
final class AcmProgress {
  /** "ACM waits 72 hours for a validation." */
  static final Duration VALIDATION = Duration.ofHours(72);

  /** CertificateDetail, Status; what is not listed keeps the state of the order. */
  private static final Map<String, Phase> PHASES =
      Map.of(
          AcmCertificate.PENDING,
          Phase.PENDING_VALIDATION,
          AcmCertificate.ISSUED,
          Phase.ISSUED,
          "EXPIRED",
          Phase.EXPIRED,
          "VALIDATION_TIMED_OUT",
          Phase.FAILED,
          "REVOKED",
          Phase.REVOKED,
          AcmCertificate.FAILED,
          Phase.FAILED,
          // One of a private CA that is not in service; it may be again.
          "INACTIVE",
          Phase.UNKNOWN);

  /** CertificateDetail, FailureReason: those of public certificates, and what to do about each. */
  static final Map<String, String> REASONS =
      Map.of(
          "ADDITIONAL_VERIFICATION_REQUIRED",
          "Amazon wants to know more about the domain, as about famous ones: ask AWS Support",
          "CAA_ERROR",
          "a CAA record keeps Amazon from issuing: allow amazon.com, amazontrust.com, awstrust.com"
              + " or amazonaws.com",
          "DOMAIN_NOT_ALLOWED",
          "a name is on a list of unsafe domains: ask AWS Support once it is clean",
          "DOMAIN_VALIDATION_DENIED",
          "the owner of the domain has declined the request",
          "INVALID_PUBLIC_DOMAIN",
          "a name is below no public top-level domain",
          "NO_AVAILABLE_CONTACTS",
          "no e-mail address of the domain was found; validate by DNS",
          "OTHER",
          "the CA gives no reason; apply again",
          "SLR_NOT_FOUND",
          "the service-linked role of ACM is missing in the account");

  private AcmProgress() {}

  /** The progress of a certificate, with the records to publish. */
  static Progress of(
      Application application, AcmCertificate certificate, @Nullable String requestId) {
    Phase phase = PHASES.getOrDefault(certificate.status(), Phase.UNKNOWN);
    List<Validation> validations =
        phase == Phase.PENDING_VALIDATION ? validations(certificate) : List.of();
    boolean shown = !validations.isEmpty() || !application.validations().isEmpty();
    Instant created = certificate.createdAt();
    return new Progress(
        phase == Phase.PENDING_VALIDATION && !shown ? Phase.APPLYING : phase,
        certificate.reference(),
        validations,
        phase == Phase.ISSUED ? certificate.facts() : null,
        status(certificate),
        message(certificate, shown),
        requestId,
        created == null ? null : created.plus(VALIDATION));
  }

  /** As {@link #of}, for a certificate of a list, which shows no records to publish. */
  static Progress listed(AcmCertificate certificate, @Nullable String requestId) {
    return new Progress(
        Phase.APPLYING,
        certificate.reference(),
        List.of(),
        null,
        status(certificate),
        null,
        requestId);
  }

  static Phase phase(AcmCertificate certificate) {
    return PHASES.getOrDefault(certificate.status(), Phase.UNKNOWN);
  }

  /** The vendor's status, and why it has failed. */
  static String status(AcmCertificate certificate) {
    String failure = certificate.failure();
    return failure == null ? certificate.status() : certificate.status() + " " + failure;
  }

  private static @Nullable String message(AcmCertificate certificate, boolean shown) {
    return switch (certificate.status()) {
      case AcmCertificate.FAILED -> failure(certificate);
      case "VALIDATION_TIMED_OUT" -> "the validation was not seen within 72 hours";
      case AcmCertificate.PENDING -> pending(certificate, shown);
      case AcmCertificate.ISSUED -> renewal(certificate);
      default -> null;
    };
  }

  private static String failure(AcmCertificate certificate) {
    String reason = Objects.requireNonNullElse(certificate.failure(), "OTHER");
    return REASONS.getOrDefault(reason, "ACM gives the reason " + VendorText.clean(reason));
  }

  private static @Nullable String pending(AcmCertificate certificate, boolean shown) {
    if (byEmail(certificate)) {
      return "ACM validates it by e-mail, which the owner of the domain has to answer";
    }
    String waits =
        certificate.validations().stream()
            .filter(validation -> !validation.status().equals("SUCCESS"))
            .map(AcmCertificate.NameValidation::name)
            .distinct()
            .collect(Collectors.joining(", "));
    if (!shown) {
      return "ACM has not made the records to publish yet";
    }
    return waits.isEmpty() ? null : "ACM has not seen the record of " + waits + " yet";
  }

  private static @Nullable String renewal(AcmCertificate certificate) {
    AcmCertificate.Renewal renewal = certificate.renewal();
    return renewal == null ? null : "renewed by ACM itself: " + VendorText.clean(renewal.status());
  }

  static boolean byEmail(AcmCertificate certificate) {
    return certificate.validations().stream().anyMatch(it -> it.method().equals("EMAIL"));
  }

  /** Each record once, because a name and its wildcard have the same; none while one is missing. */
  private static List<Validation> validations(AcmCertificate certificate) {
    boolean complete = certificate.validations().stream().allMatch(it -> it.record() != null);
    return complete
        ? certificate.validations().stream().map(AcmProgress::validation).distinct().toList()
        : List.of();
  }

  private static Validation validation(AcmCertificate.NameValidation validation) {
    AcmCertificate.CnameRecord record = Objects.requireNonNull(validation.record());
    return Validation.dns(
        validation.name().replaceFirst("^\\*\\.", ""),
        record.name(),
        record.type(),
        withoutDot(record.value()));
  }

  /** Writes a value as all other values of records are written here. */
  private static String withoutDot(String value) {
    return value.endsWith(".") ? value.substring(0, value.length() - 1) : value;
  }
}
