package dev.polycert.provider;

/** How control of the domain is shown to the CA. */
public enum ValidationMethod {
  /** A DNS record that the owner of the domain publishes. */
  DNS,
  /** A DNS record that the vendor publishes by itself, because it hosts the zone. */
  DNS_AUTO,
  /** A file that the owner publishes below the domain over HTTP. */
  FILE
}
