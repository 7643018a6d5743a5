package dev.polycert.look;

import com.google.common.net.InetAddresses;
import dev.polycert.domain.DnsNames;
import dev.polycert.domain.DomainName;
import dev.polycert.domain.IpAddresses;
import dev.polycert.domain.ServedLook.Wanted;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The certificate that a server shows as its own. */
record ServedCertificate(X509Certificate certificate) {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final int SHA_1_DIGITS = 40;

  String fingerprint() {
    return digest("SHA-256");
  }

  String serialNumber() {
    return certificate.getSerialNumber().toString(16);
  }

  Instant notBefore() {
    return certificate.getNotBefore().toInstant();
  }

  Instant notAfter() {
    return certificate.getNotAfter().toInstant();
  }

  /** {@code EC} or {@code RSA} of most. */
  String keyType() {
    return certificate.getPublicKey().getAlgorithm();
  }

  /** Whether this is the wanted certificate, judged by the surest member that is known. */
  boolean is(Wanted wanted) {
    String fingerprint = digits(wanted.fingerprint());
    if (!fingerprint.isEmpty()) {
      return fingerprint.equals(
          fingerprint.length() == SHA_1_DIGITS ? digest("SHA-1") : fingerprint());
    }
    String serial = digits(wanted.serialNumber());
    if (!serial.isEmpty()) {
      return serial.replaceFirst("^0+(?=.)", "").equals(serialNumber());
    }
    // Vendors round to seconds, as certificates do (RFC 5280, section 4.1.2.5).
    return wanted.notAfter() != null
        && wanted.notAfter().getEpochSecond() == notAfter().getEpochSecond();
  }

  /** Whether this certificate, which is not the wanted one, began no later than that. */
  boolean isOlder(Wanted wanted) {
    if (wanted.notBefore() != null) {
      return !notBefore().isAfter(wanted.notBefore());
    }
    return wanted.notAfter() != null && notAfter().isBefore(wanted.notAfter());
  }

  /** Whether it is for a host. */
  boolean covers(DomainName host) {
    return entries().stream().anyMatch(entry -> covers(entry, host));
  }

  private static boolean covers(List<?> entry, DomainName host) {
    String value = String.valueOf(entry.get(1));
    if (host.isAddress()) {
      return entry.get(0).equals(IP_ADDRESS)
          && InetAddresses.isInetAddress(value)
          && IpAddresses.canonical(InetAddresses.forString(value)).equals(host.ascii());
    }
    return entry.get(0).equals(DNS_NAME) && DnsNames.covers(value, host.ascii());
  }

  private Collection<List<?>> entries() {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null ? List.of() : names;
    } catch (CertificateParsingException unreadable) {
      return List.of();
    }
  }

  private String digest(String algorithm) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance(algorithm).digest(certificate.getEncoded()));
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException("what was decoded can be encoded and hashed", e);
    }
  }

  private static String digits(@Nullable String hex) {
    return hex == null ? "" : hex.toLowerCase(Locale.ROOT).replaceAll("[^0-9a-f]", "");
  }
}
