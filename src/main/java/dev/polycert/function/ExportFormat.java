package dev.polycert.function;

/** In what form a certificate is given out. */
enum ExportFormat {
  /** Certificate, chain and key as texts (RFC 7468). */
  PEM,
  /** All in one file under a password (RFC 7292). */
  PKCS12
}
