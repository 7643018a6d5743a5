package dev.polycert.provider;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An issued certificate with its chain, as the vendor gives it out.
 *
 * @param certificate the end-entity certificate in PEM
 * @param chain the intermediate certificates in PEM, the issuer first; empty when the vendor gives
 *     none
 * @param privateKey null when it was not asked for, or when the applicant has it and not the vendor
 */
public record CertificateBundle(
    String certificate, String chain, @Nullable PrivateKeyPem privateKey) {
  private static final String END = "-----END CERTIFICATE-----";

  /**
   * Splits a PEM text into certificate and chain: the end-entity certificate is the first one (RFC
   * 8446, section 4.4.2).
   *
   * @return empty when the text has no certificate
   */
  public static Optional<CertificateBundle> read(
      @Nullable String pem, @Nullable PrivateKeyPem privateKey) {
    int end = pem == null ? -1 : pem.indexOf(END);
    if (pem == null || end < 0) {
      return Optional.empty();
    }
    int split = end + END.length();
    return Optional.of(
        new CertificateBundle(
            Pem.text(pem.substring(0, split)), Pem.text(pem.substring(split)), privateKey));
  }

  /** The certificate and its chain in one text, as servers want them. */
  public String fullChain() {
    return Pem.text(certificate) + Pem.text(chain);
  }
}
