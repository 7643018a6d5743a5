package dev.polycert.vendor.alibaba.esa;

import dev.polycert.provider.CertificateBundle;
import java.util.Optional;

/**
 * What GetCertificate gives out of a certificate. ESA keeps its private key.
 *
 * @param pem the certificate and its chain; empty when there is none, as before it is issued
 */
record EsaExported(String status, String pem) {

  Optional<CertificateBundle> export() {
    return CertificateBundle.read(pem, null);
  }
}
