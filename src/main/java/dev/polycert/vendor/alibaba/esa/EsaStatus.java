package dev.polycert.vendor.alibaba.esa;

import dev.polycert.provider.Phase;

/** Maps ESA's certificate statuses, an open enumeration. */
final class EsaStatus {
  private EsaStatus() {}

  /**
   * @param validationPending whether something is still to be published
   */
  static Phase phase(String status, boolean validationPending) {
    return switch (status) {
      case "Applying" -> validationPending ? Phase.PENDING_VALIDATION : Phase.APPLYING;
      case "Issued", "OK", "Expiring" -> Phase.ISSUED;
      case "Expired" -> Phase.EXPIRED;
      case "ApplyFailed" -> Phase.FAILED;
      case "Canceled" -> Phase.CANCELLED;
      default -> Phase.UNKNOWN;
    };
  }
}
