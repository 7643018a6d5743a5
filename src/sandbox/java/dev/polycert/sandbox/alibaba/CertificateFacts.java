package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.Digests;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the service shows of an X.509 certificate.
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
  private static final int DNS_NAME = 2;

  /** Reads the first certificate of a chain in PEM; empty when there is none that can be read. */
  static Optional<CertificateFacts> of(String pem) {
    try {
      var in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
      var certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      return Optional.of(of(pem, certificate));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static CertificateFacts of(String pem, X509Certificate certificate)
      throws GeneralSecurityException {
    var issuer = certificate.getIssuerX500Principal().getName();
    return new CertificateFacts(
        pem,
        names(certificate),
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

  private static List<String> names(X509Certificate certificate) throws GeneralSecurityException {
    var alternatives = certificate.getSubjectAlternativeNames();
    return alternatives == null
        ? List.of()
        : alternatives.stream()
            .filter(name -> name.getFirst().equals(DNS_NAME))
            .map(name -> (String) name.getLast())
            .toList();
  }

  private static String commonName(String distinguishedName) {
    var matcher = COMMON_NAME.matcher(distinguishedName);
    return matcher.find() ? matcher.group(1) : "";
  }
}
