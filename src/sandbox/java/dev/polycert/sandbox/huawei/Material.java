package dev.polycert.sandbox.huawei;

import dev.polycert.sandbox.Pem;
import dev.polycert.sandbox.World.Issued;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An X.509 certificate and what belongs to it.
 *
 * @param privateKey in PEM; null when it was issued for the customer's CSR
 * @param names of the certificate; SCM shows the first as its domain
 * @param sha1 lower-case hex
 */
record Material(
    String certificate,
    String chain,
    @Nullable String privateKey,
    List<String> names,
    String sha1,
    String signatureAlgorithm,
    Instant notBefore,
    Instant notAfter) {

  static Material of(Issued issued) {
    var key = issued.keys() == null ? null : Pem.encode(issued.keys().getPrivate());
    return of(issued.certificatePem(), issued.chainPem(), key)
        .orElseThrow(() -> new IllegalStateException("the CA issued what cannot be read"));
  }

  /** Reads a certificate in PEM; empty when it cannot be read. */
  static Optional<Material> of(String certificate, String chain, @Nullable String privateKey) {
    try {
      var x509 = Pem.certificate(certificate);
      var sha1 = MessageDigest.getInstance("SHA-1").digest(x509.getEncoded());
      return Optional.of(
          new Material(
              certificate.strip() + "\n",
              chain.strip() + "\n",
              privateKey,
              Pem.names(x509),
              HexFormat.of().formatHex(sha1),
              x509.getSigAlgName(),
              x509.getNotBefore().toInstant(),
              x509.getNotAfter().toInstant()));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /** Whether the certificate is for that key. */
  boolean isFor(PrivateKey key) {
    try {
      return Pem.belongs(key, Pem.certificate(certificate));
    } catch (CertificateException unreadable) {
      return false;
    }
  }

  /** Hides the key. */
  @Override
  public String toString() {
    return "Material[" + names + "]";
  }
}
