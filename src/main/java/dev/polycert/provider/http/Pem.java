package dev.polycert.provider.http;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Reads certificates as they are delivered. */
public final class Pem {
  private Pem() {}

  /** Reads the first certificate of a text; empty when there is none that can be read. */
  public static Optional<X509Certificate> certificate(String pem) {
    ByteArrayInputStream in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
    try {
      return Optional.of(
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in));
    } catch (GeneralSecurityException unreadable) {
      return Optional.empty();
    }
  }

  /** The SHA-256 of the first certificate's DER; lower-case hex. Empty when it cannot be read. */
  public static Optional<String> fingerprint(String pem) {
    return certificate(pem).map(Pem::fingerprint);
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      return Signing.sha256Hex(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("what was decoded can be encoded", e);
    }
  }
}
