package dev.polycert.vendor.aws.acm;

import dev.polycert.provider.Pem;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why ACM refuses a certificate in place of another one. "Reimport a certificate": the key type and
 * size stay; key usages and extended key usages can be added and not removed, save for client
 * authentication.
 */
final class Replacement {
  private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";

  /** RFC 5280, section 4.2.1.3, by the number of the bit. */
  private static final List<String> USAGES =
      List.of(
          "digitalSignature",
          "nonRepudiation",
          "keyEncipherment",
          "dataEncipherment",
          "keyAgreement",
          "keyCertSign",
          "cRLSign",
          "encipherOnly",
          "decipherOnly");

  private Replacement() {}

  /**
   * Why ACM refuses the new certificate for good; empty if it does not, or if one of the two cannot
   * be read.
   */
  static Optional<String> obstacle(String there, String wanted) {
    return Pem.certificate(there)
        .flatMap(old -> Pem.certificate(wanted).flatMap(next -> obstacle(old, next)));
  }

  private static Optional<String> obstacle(X509Certificate old, X509Certificate next) {
    String before = key(old.getPublicKey());
    String after = key(next.getPublicKey());
    if (!before.equals(after)) {
      return Optional.of(
          "the certificate there has a key of %s, this one of %s".formatted(before, after));
    }
    List<String> lacking = new ArrayList<>(usages(old));
    lacking.removeAll(usages(next));
    return lacking.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "this certificate lacks key usages of the one there: " + String.join(", ", lacking));
  }

  private static String key(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> "RSA " + rsa.getModulus().bitLength();
      case ECPublicKey elliptic ->
          "EC " + elliptic.getParams().getCurve().getField().getFieldSize();
      default -> key.getAlgorithm();
    };
  }

  private static Set<String> usages(X509Certificate certificate) {
    Set<String> usages = new HashSet<>();
    boolean @Nullable [] bits = certificate.getKeyUsage();
    for (int i = 0; bits != null && i < Math.min(bits.length, USAGES.size()); i++) {
      if (bits[i]) {
        usages.add(USAGES.get(i));
      }
    }
    try {
      List<String> extended = certificate.getExtendedKeyUsage();
      usages.addAll(extended == null ? List.of() : extended);
    } catch (CertificateParsingException unreadable) {
      // A certificate that cannot be read here is left for ACM to judge.
    }
    usages.remove(CLIENT_AUTHENTICATION);
    return usages;
  }
}
