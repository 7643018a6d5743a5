package dev.polycert.provider;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.Signing;
import dev.polycert.call.VendorError;
import dev.polycert.domain.IpAddresses;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads certificates in PEM, with their names and fingerprints. */
public final class Pem {
  /** Refuses a certificate of which nothing can be read. */
  public static final VendorError UNREADABLE =
      new VendorError(
          ErrorClass.FINAL, "Certificate.Unreadable", "the certificate is not readable PEM");

  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private Pem() {}

  /**
   * A PEM text as files have it, whatever wrote it: without a byte order mark and blanks around it,
   * with line ends of one character, the last one included. Empty for a blank text.
   */
  public static String text(String pem) {
    String plain = pem.replace(BYTE_ORDER_MARK, "").replace("\r\n", "\n").replace('\r', '\n');
    return plain.isBlank() ? "" : plain.strip() + "\n";
  }

  /** Reads the first certificate of a text; empty when none can be read. */
  public static Optional<X509Certificate> certificate(String pem) {
    ByteArrayInputStream in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
    try {
      return Optional.of(
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in));
    } catch (GeneralSecurityException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * The subject alternative names (RFC 5280, section 4.2.1.6): DNS names as they are, IP addresses,
   * and others with the number of their kind, so that none passes for a DNS name.
   */
  public static List<String> names(X509Certificate certificate) {
    try {
      Collection<List<?>> alternative = certificate.getSubjectAlternativeNames();
      return alternative == null
          ? List.of()
          : alternative.stream()
              .map(
                  entry ->
                      switch ((Integer) entry.get(0)) {
                        case DNS_NAME -> String.valueOf(entry.get(1));
                        case IP_ADDRESS ->
                            IpAddresses.canonical(
                                InetAddress.ofLiteral(String.valueOf(entry.get(1))));
                        default -> entry.toString();
                      })
              .toList();
    } catch (CertificateParsingException unreadable) {
      return List.of();
    }
  }

  /** The SHA-256 of the first certificate's DER; lower-case hex. Empty when it cannot be read. */
  public static Optional<String> fingerprint(String pem) {
    return certificate(pem).map(Pem::fingerprint);
  }

  /** The SHA-256 of a certificate's DER; lower-case hex. */
  public static String fingerprint(X509Certificate certificate) {
    try {
      return Signing.sha256Hex(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("what was decoded can be encoded", e);
    }
  }
}
