package dev.polycert.sandbox.huawei;

/**
 * A certificate's status. CHECKING_DOMAIN is in the vendor's sample, but not in its enumeration.
 */
enum Status {
  PAID,
  CHECKING,
  CHECKING_DOMAIN,
  CHECKING_ORG,
  ISSUING,
  ISSUED,
  CANCELCHECKING,
  UNPASSED,
  EXPIRED,
  REVOKING,
  CANCLEREVOKING,
  REVOKED,
  UPLOAD,
  SUPPLEMENTCHECKING,
  CANCELSUPPLEMENTING;

  /** Whether a certificate exists that can be exported and deployed. */
  boolean usable() {
    return this == ISSUED || this == UPLOAD;
  }

  /** Whether an application is under way. */
  boolean applying() {
    return this == CHECKING || this == CHECKING_DOMAIN || this == ISSUING;
  }
}
