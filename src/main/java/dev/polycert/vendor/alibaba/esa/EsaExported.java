package dev.polycert.vendor.alibaba.esa;

import dev.polycert.provider.Export;
import java.util.Optional;

/**
 * What GetCertificate gives out of a certificate. ESA keeps its private key.
 *
 * @param pem the certificate and its chain; empty when there is none, as before it is issued
 */
record EsaExported(String status, String pem) {

  Optional<Export> export() {
    return Export.ofBundle(pem, null);
  }
}
