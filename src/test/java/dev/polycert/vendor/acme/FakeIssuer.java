package dev.polycert.vendor.acme;

import dev.polycert.provider.KeyAlgorithm;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** Issues certificates with what should never be wrong with one. */
final class FakeIssuer {
  private static final X500Name ROOT = new X500Name("CN=Fake Root");
  private static final X500Name BETWEEN = new X500Name("CN=Fake Intermediate");

  private final KeyPair root = PemKeys.generate(KeyAlgorithm.EC_P256);
  private final KeyPair between = PemKeys.generate(KeyAlgorithm.EC_P256);

  /** The same certificate under the same intermediate, which another root has signed as well. */
  String alternate(String chain) {
    try {
      String leaf = first(chain);
      Instant start = Instant.now().minus(Duration.ofDays(9));
      KeyPair other = PemKeys.generate(KeyAlgorithm.EC_P256);
      return leaf
          + certificate(
              BETWEEN, between.getPublic(), null, new X500Name("CN=Other Root"), other, start);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String first(String chain) {
    String end = "-----END CERTIFICATE-----\n";
    return chain.substring(0, chain.indexOf(end) + end.length());
  }

  /** What is wrong. */
  enum Flaw {
    NONE,
    WRONG_KEY,
    WRONG_NAMES,
    EXPIRED,
    NOT_YET_VALID,
    CHAIN_OUT_OF_ORDER,
    LEAF_LAST,
    SURPLUS_CERTIFICATE,
    SURPLUS_ROOT,
    TWICE,
    FOREIGN_CHAIN,
    NOTHING
  }

  /** The chain for a request in base64url, in PEM. */
  String issue(String csr, Flaw flaw) {
    try {
      var request = new JcaPKCS10CertificationRequest(Base64.getUrlDecoder().decode(csr));
      PublicKey key =
          flaw == Flaw.WRONG_KEY
              ? PemKeys.generate(KeyAlgorithm.EC_P256).getPublic()
              : request.getPublicKey();
      GeneralNames names =
          flaw == Flaw.WRONG_NAMES
              ? new GeneralNames(new GeneralName(GeneralName.dNSName, "evil.example"))
              : GeneralNames.fromExtensions(
                  request.getRequestedExtensions(), Extension.subjectAlternativeName);
      Instant now = Instant.now();
      Instant start =
          switch (flaw) {
            case EXPIRED -> now.minus(Duration.ofDays(100));
            case NOT_YET_VALID -> now.plus(Duration.ofDays(1));
            default -> now.minus(Duration.ofHours(1));
          };
      String leaf = certificate(new X500Name("CN="), key, names, BETWEEN, between, start);
      String above =
          certificate(
              BETWEEN, between.getPublic(), null, ROOT, root, now.minus(Duration.ofDays(9)));
      String top =
          certificate(ROOT, root.getPublic(), null, ROOT, root, now.minus(Duration.ofDays(9)));
      return switch (flaw) {
        case CHAIN_OUT_OF_ORDER -> leaf + top + above;
        case LEAF_LAST -> top + above + leaf;
        case SURPLUS_CERTIFICATE -> leaf + unrelated(now) + above + top;
        case SURPLUS_ROOT -> leaf + above + top + formerRoot(now);
        case TWICE -> leaf + leaf + above + above + top;
        case FOREIGN_CHAIN -> leaf + foreign(now);
        case NOTHING -> "";
        default -> leaf + above + top;
      };
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String unrelated(Instant now) throws Exception {
    KeyPair other = PemKeys.generate(KeyAlgorithm.EC_P256);
    X500Name name = new X500Name("CN=Unrelated");
    return certificate(name, other.getPublic(), null, name, other, now.minus(Duration.ofDays(9)));
  }

  /** The root's name, and the key that it had before. */
  private static String formerRoot(Instant now) throws Exception {
    KeyPair former = PemKeys.generate(KeyAlgorithm.EC_P256);
    return certificate(ROOT, former.getPublic(), null, ROOT, former, now.minus(Duration.ofDays(9)));
  }

  /** A certificate of the right name and of another key. */
  private String foreign(Instant now) throws Exception {
    PublicKey other = PemKeys.generate(KeyAlgorithm.EC_P256).getPublic();
    return certificate(BETWEEN, other, null, ROOT, root, now.minus(Duration.ofDays(9)));
  }

  private static String certificate(
      X500Name subject,
      PublicKey key,
      GeneralNames names,
      X500Name issuer,
      KeyPair signer,
      Instant start)
      throws Exception {
    var builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            BigInteger.valueOf(start.toEpochMilli()),
            Date.from(start),
            Date.from(start.plus(Duration.ofDays(90))),
            subject,
            key);
    if (names != null) {
      builder.addExtension(Extension.subjectAlternativeName, true, names);
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new AuthorityKeyIdentifier(new byte[] {1, 2, 3}));
    }
    return PemKeys.block(
        "CERTIFICATE",
        builder
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()))
            .getEncoded());
  }
}
