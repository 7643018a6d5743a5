package dev.polycert.sandbox.huawei;

/**
 * What was bought, before it is known for which domains.
 *
 * @param type {@code DV_SSL_CERT} and the like
 * @param domains how many names it can hold
 * @param months for how long it was paid
 */
record Purchase(
    String orderId, String type, String brand, DomainType domainType, int domains, int months) {

  /** How many and what names a certificate can hold. */
  enum DomainType {
    SINGLE_DOMAIN,
    MULTI_DOMAIN,
    WILDCARD
  }

  /** The type of which an account gets a number without paying. */
  static final String FREE_TYPE = "DV_SSL_CERT_BASIC";

  boolean free() {
    return type.equals(FREE_TYPE);
  }

  boolean namesOrganisation() {
    return !type.startsWith("DV_");
  }
}
