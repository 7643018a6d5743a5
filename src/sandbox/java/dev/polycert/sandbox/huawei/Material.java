package dev.polycert.sandbox.huawei;

import dev.polycert.sandbox.World.Issued;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An X.509 certificate and what belongs to it.
 *
 * @param privateKey in PEM; null when it was issued for the customer's CSR
 * @param names of the certificate, the first one is shown as its domain
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
  private static final int LINE = 64;
  private static final int DNS_NAME = 2;

  static Material of(Issued issued) {
    var key = issued.keys() == null ? null : pem(issued.keys().getPrivate());
    return of(issued.certificatePem(), issued.chainPem(), key)
        .orElseThrow(() -> new IllegalStateException("the CA issued what cannot be read"));
  }

  /** Reads a certificate in PEM; empty when that is none. */
  static Optional<Material> of(String certificate, String chain, @Nullable String privateKey) {
    try {
      var in = new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII));
      var x509 = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      var sha1 = MessageDigest.getInstance("SHA-1").digest(x509.getEncoded());
      return Optional.of(
          new Material(
              certificate.strip() + "\n",
              chain.strip() + "\n",
              privateKey,
              names(x509),
              HexFormat.of().formatHex(sha1),
              x509.getSigAlgName(),
              x509.getNotBefore().toInstant(),
              x509.getNotAfter().toInstant()));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static List<String> names(X509Certificate certificate) throws GeneralSecurityException {
    var alternatives = certificate.getSubjectAlternativeNames();
    return alternatives == null
        ? List.of()
        : alternatives.stream()
            .filter(name -> name.getFirst().equals(DNS_NAME))
            .map(name -> (String) name.getLast())
            .toList();
  }

  private static String pem(PrivateKey key) {
    var lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'});
    return "-----BEGIN PRIVATE KEY-----\n"
        + lines.encodeToString(key.getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  /** Says nothing of the key. */
  @Override
  public String toString() {
    return "Material[" + names + "]";
  }
}
