package dev.polycert.provider;

/** Why a subscriber has a certificate revoked (RFC 5280, section 5.3.1). */
public enum RevocationReason {
  UNSPECIFIED(0),
  KEY_COMPROMISE(1),
  AFFILIATION_CHANGED(3),
  SUPERSEDED(4),
  CESSATION_OF_OPERATION(5);

  private final int code;

  RevocationReason(int code) {
    this.code = code;
  }

  /** The {@code CRLReason}, as ACME sends it (RFC 8555, section 7.6). */
  public int code() {
    return code;
  }
}
