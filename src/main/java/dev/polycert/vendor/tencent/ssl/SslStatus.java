package dev.polycert.vendor.tencent.ssl;

import dev.polycert.provider.Phase;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate's {@code Status} means (DescribeCertificate, output parameters). It decides
 * alone, because {@code StatusMsg} can be stale; only "under review" needs a second look.
 *
 * @param message for people, where there is more to say than the phase
 */
record SslStatus(Phase phase, @Nullable String message) {

  static SslStatus of(SslCertificate certificate) {
    SslCertificate.DvAuthDetail detail = certificate.dvAuthDetail();
    boolean toPublish = detail != null && !detail.isEmpty();
    return of(certificate.status(), certificate.statusMsg(), toPublish);
  }

  /**
   * @param toPublish whether the vendor said what has to be published
   */
  static SslStatus of(@Nullable Integer status, @Nullable String text, boolean toPublish) {
    if (status == null) {
      return new SslStatus(Phase.UNKNOWN, text);
    }
    return switch (status) {
      case 0 -> {
        boolean waits = toPublish || "PENDING-DCV".equals(text);
        yield new SslStatus(waits ? Phase.PENDING_VALIDATION : Phase.APPLYING, explain(text));
      }
      case 1 -> new SslStatus(Phase.ISSUED, null);
      case 2 -> new SslStatus(Phase.FAILED, text);
      case 3 -> new SslStatus(Phase.EXPIRED, null);
      case 4 -> new SslStatus(Phase.PENDING_VALIDATION, explain(text));
      case 5, 13 -> new SslStatus(Phase.PENDING_INFORMATION, null);
      case 6 -> new SslStatus(Phase.UNKNOWN, "is being cancelled");
      case 7 -> new SslStatus(Phase.CANCELLED, null);
      case 8 ->
          new SslStatus(
              Phase.PENDING_INFORMATION,
              "the confirmation letter has to be uploaded in the SSL console");
      case 9 -> new SslStatus(Phase.UNKNOWN, "is being revoked");
      case 10 -> new SslStatus(Phase.REVOKED, null);
      case 11 -> new SslStatus(Phase.APPLYING, "is being re-issued");
      case 12 ->
          new SslStatus(
              Phase.UNKNOWN,
              "is being revoked: the revocation letter has to be uploaded in the SSL console");
      case 14 -> new SslStatus(Phase.CANCELLED, "refunded");
      case 15 -> new SslStatus(Phase.UNKNOWN, "is being migrated");
      default -> new SslStatus(Phase.UNKNOWN, text);
    };
  }

  private static @Nullable String explain(@Nullable String statusMsg) {
    return switch (statusMsg) {
      case null -> null;
      case "" -> null;
      case "PRE-REVIEWING" -> "in preliminary review";
      case "LEGAL-REVIEWING" -> "in legal review";
      case "CA-REVIEWING" -> "in review at the CA";
      case "PENDING-DCV" -> "waits for the domain's validation";
      case "WAIT-ISSUE" -> "validated, waits to be issued";
      default -> statusMsg;
    };
  }

  /** The vendor's words, verbatim: the number, its name and the further text. */
  static String verbatim(SslCertificate certificate) {
    return Stream.of(
            String.valueOf(certificate.status()), certificate.statusName(), certificate.statusMsg())
        .filter(part -> part != null && !part.isBlank())
        .collect(Collectors.joining(" "));
  }
}
