package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.Digests;
import dev.polycert.sandbox.Pem;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The parts of an X.509 certificate that the service shows.
 *
 * @param pem the whole chain
 */
record CertificateFacts(
    String pem,
    List<String> names,
    String commonName,
    String issuer,
    String issuerCommonName,
    Instant notBefore,
    Instant notAfter,
    String serialNumber,
    String sha256,
    String publicKeyAlgorithm,
    String signatureAlgorithm) {

  private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=([^,]+)");

  /** Reads the first certificate of a chain in PEM; empty when there is none that can be read. */
  static Optional<CertificateFacts> of(String pem) {
    try {
      return Optional.of(of(pem, Pem.certificate(pem)));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static CertificateFacts of(String pem, X509Certificate certificate)
      throws GeneralSecurityException {
    var issuer = certificate.getIssuerX500Principal().getName();
    return new CertificateFacts(
        pem,
        Pem.names(certificate),
        commonName(certificate.getSubjectX500Principal().getName()),
        issuer,
        commonName(issuer),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant(),
        certificate.getSerialNumber().toString(16),
        Digests.sha256(certificate.getEncoded()),
        certificate.getPublicKey().getAlgorithm().equals("EC") ? "ECDSA" : "RSA",
        certificate.getSigAlgName());
  }

  private static String commonName(String distinguishedName) {
    var matcher = COMMON_NAME.matcher(distinguishedName);
    return matcher.find() ? matcher.group(1) : "";
  }
}
