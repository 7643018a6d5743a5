package dev.polycert.sandbox.huawei;

/**
 * A purchase, made before its domains are known.
 *
 * @param type {@code DV_SSL_CERT} and the like
 * @param domains how many names the certificate can hold
 * @param months how long it was paid for
 */
record Purchase(
    String orderId, String type, String brand, DomainType domainType, int domains, int months) {

  /** How many and what names a certificate can hold. */
  enum DomainType {
    SINGLE_DOMAIN,
    MULTI_DOMAIN,
    WILDCARD
  }

  /** The type that is free up to a number per account. */
  static final String FREE_TYPE = "DV_SSL_CERT_BASIC";

  boolean free() {
    return type.equals(FREE_TYPE);
  }

  boolean namesOrganisation() {
    return !type.startsWith("DV_");
  }
}
