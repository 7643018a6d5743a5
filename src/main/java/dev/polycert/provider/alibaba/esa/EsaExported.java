package dev.polycert.provider.alibaba.esa;

import dev.polycert.provider.Export;
import java.util.Optional;

/**
 * What GetCertificate gives out of a certificate. ESA keeps its private key.
 *
 * @param pem the certificate and its chain; empty when there is none, as before it is issued
 */
record EsaExported(String status, String pem) {
  private static final String END = "-----END CERTIFICATE-----";

  /** The first certificate of the PEM and the rest, which is its chain. */
  Optional<Export> export() {
    int end = pem.indexOf(END);
    if (end < 0) {
      return Optional.empty();
    }
    String first = pem.substring(0, end + END.length()).strip();
    String rest = pem.substring(end + END.length()).strip();
    return Optional.of(new Export(first + "\n", rest.isEmpty() ? "" : rest + "\n", null));
  }
}
