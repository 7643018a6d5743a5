package dev.polycert.vendor.huawei.scm;

import dev.polycert.provider.Phase;

/** Maps SCM's certificate statuses, an open enumeration: the vendor's own sample leaves it. */
final class ScmStatus {
  /** Bought, not applied for. */
  static final String PAID = "PAID";

  /** Being withdrawn; bought again afterwards. */
  static final String CANCELCHECKING = "CANCELCHECKING";

  /** An own certificate that somebody put there. */
  static final String UPLOAD = "UPLOAD";

  private ScmStatus() {}

  /**
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
}
