package dev.polycert.provider;

/** How the applicant shows control of the domain to the CA. */
public enum ValidationMethod {
  /** A DNS record that the owner of the domain publishes. */
  DNS,
  /** A DNS record that the vendor publishes by itself, because it hosts the zone. */
  DNS_AUTO,
  /** A file that the owner publishes below the domain over HTTP. */
  FILE
}
