package dev.polycert.vendor.acme;

import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Pem;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/**
 * A certificate with the chain above it, as a CA gave it.
 *
 * @param certificates the end-entity certificate first (RFC 8555, section 9.1)
 */
record IssuedChain(List<X509Certificate> certificates) {
  /** By how much our clock may be behind the CA's. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  IssuedChain {
    certificates = List.copyOf(certificates);
  }

  /** A fault of a certificate: its code and a sentence. */
  record Fault(String name, String why) {}

  /**
   * Orders the certificates that a CA gave: the certificate of the key first, then the issuer of
   * each. Surplus certificates are left out, because servers would send them to each client.
   */
  static IssuedChain ordered(List<X509Certificate> given, PublicKey key) {
    List<X509Certificate> rest = new ArrayList<>(given);
    List<X509Certificate> chain = new ArrayList<>();
    Optional<X509Certificate> next =
        rest.stream()
            .filter(certificate -> Arrays.equals(encoded(certificate), key.getEncoded()))
            .findFirst();
    while (next.isPresent()) {
      X509Certificate found = next.get();
      chain.add(found);
      rest.removeIf(found::equals);
      next = rest.stream().filter(above -> issued(found, above)).findFirst();
    }
    // If an issuer or the certificate is missing, all is kept to show what is wrong.
    boolean impostor =
        chain.size() == 1 && rest.stream().anyMatch(above -> named(chain.getFirst(), above));
    return new IssuedChain(chain.isEmpty() || impostor ? given : chain);
  }

  private static byte[] encoded(X509Certificate certificate) {
    return certificate.getPublicKey().getEncoded();
  }

  /**
   * Finds a fault that would break the server that the certificate is deployed to.
   *
   * @param now our time, and the CA's where that is another one: either clock may be wrong
   */
  Optional<Fault> fault(PublicKey key, Set<DomainName> names, Set<Instant> now) {
    if (certificates.isEmpty()) {
      return fault("Certificate.None", "the CA gave an empty chain");
    }
    if (!Arrays.equals(leaf().getPublicKey().getEncoded(), key.getEncoded())) {
      return fault("Certificate.WrongKey", "it is for another key than the one asked for");
    }
    List<String> found = Pem.names(leaf());
    Set<String> wanted = new TreeSet<>(names.stream().map(DomainName::ascii).toList());
    if (!new TreeSet<>(found).equals(wanted)) {
      return fault("Certificate.WrongNames", "it is for " + found + " and not for " + wanted);
    }
    if (now.stream().noneMatch(this::validAt)) {
      return fault(
          "Certificate.WrongDates",
          "it is valid from %s to %s, which is not now"
              .formatted(leaf().getNotBefore().toInstant(), leaf().getNotAfter().toInstant()));
    }
    return signed()
        ? Optional.empty()
        : fault(
            "Certificate.BrokenChain", "a certificate of the chain did not sign the one before");
  }

  private static Optional<Fault> fault(String name, String why) {
    return Optional.of(new Fault(name, why));
  }

  private boolean validAt(Instant time) {
    return !leaf().getNotBefore().toInstant().isAfter(time.plus(SKEW))
        && time.isBefore(leaf().getNotAfter().toInstant());
  }

  private boolean signed() {
    return IntStream.range(1, certificates.size())
        .allMatch(i -> issued(certificates.get(i - 1), certificates.get(i)));
  }

  private static boolean issued(X509Certificate below, X509Certificate above) {
    try {
      below.verify(above.getPublicKey());
      return named(below, above);
    } catch (GeneralSecurityException no) {
      return false;
    }
  }

  private static boolean named(X509Certificate below, X509Certificate above) {
    return below.getIssuerX500Principal().equals(above.getSubjectX500Principal());
  }

  X509Certificate leaf() {
    return certificates.getFirst();
  }

  /** Whether the topmost certificate is, or was issued by, the one of that common name. */
  boolean leadsTo(String commonName) {
    X509Certificate top = certificates.getLast();
    return commonName(top.getIssuerX500Principal().getEncoded()).equals(commonName)
        || commonName(top.getSubjectX500Principal().getEncoded()).equals(commonName);
  }

  /** The common name of the root that the topmost certificate was issued by. */
  String top() {
    return commonName(certificates.getLast().getIssuerX500Principal().getEncoded());
  }

  CertificateFacts facts() {
    String subject = commonName(leaf().getSubjectX500Principal().getEncoded());
    List<String> names = Pem.names(leaf());
    return new CertificateFacts(
        subject.isEmpty() && !names.isEmpty() ? names.getFirst() : subject,
        names,
        commonName(leaf().getIssuerX500Principal().getEncoded()),
        leaf().getSerialNumber().toString(16),
        Pem.fingerprint(leaf()),
        keyAlgorithm(leaf().getPublicKey()),
        leaf().getNotBefore().toInstant(),
        leaf().getNotAfter().toInstant());
  }

  private static String keyAlgorithm(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> "RSA_" + rsa.getModulus().bitLength();
      case ECPublicKey ec -> "EC_P" + ec.getParams().getOrder().bitLength();
      default -> key.getAlgorithm();
    };
  }

  private static String commonName(byte[] distinguishedName) {
    RDN[] names = X500Name.getInstance(distinguishedName).getRDNs(BCStyle.CN);
    return names.length == 0 ? "" : IETFUtils.valueToString(names[0].getFirst().getValue());
  }

  /** All certificates in PEM, in their order. */
  String pem() {
    return certificates.stream().map(IssuedChain::pem).collect(Collectors.joining());
  }

  private static String pem(X509Certificate certificate) {
    try {
      return PemKeys.block("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads what {@link #pem} wrote. */
  static IssuedChain read(String pem) {
    try {
      Collection<? extends Certificate> read =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
      return new IssuedChain(read.stream().map(X509Certificate.class::cast).toList());
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }
}
