package dev.polycert.sandbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.jspecify.annotations.Nullable;

/** The CA behind the emulated vendors: a root made at the first use, and leaves that verify. */
@ApplicationScoped
class CertificateAuthority {
  /** RSA keys take long to make: these many are made, then shared by all leaves. */
  private static final int RSA_KEYS = 4;

  private static final int CN_LIMIT = 64;

  /** Not static: Bouncy Castle cannot be initialised while a native executable is built. */
  private final X500Name issuer = new X500Name("CN=Sandbox Root,O=Polycert Sandbox");

  private final RandomGenerator random;
  private int nextRsaKey;
  private @Nullable Root root;

  CertificateAuthority(RandomGenerator random) {
    this.random = random;
  }

  private record Root(KeyPair keys, String pem) {}

  /** The root certificate in PEM. */
  synchronized String rootPem(Instant now) {
    return root(now).pem();
  }

  /** Issues for a key pair made here. */
  synchronized World.Issued issue(
      List<String> names, Instant now, Duration validity, World.KeyKind kind) {
    KeyPair keys =
        switch (kind) {
          case RSA_2048 -> pooledRsa();
          case EC_P256 -> ellipticCurve("secp256r1");
          case EC_P384 -> ellipticCurve("secp384r1");
        };
    return leaf(names, now, validity, keys.getPublic(), keys);
  }

  /** Issues for the key of a CSR; empty when it is not a PKCS#10 request signed by its own key. */
  synchronized Optional<World.Issued> issueForCsr(
      String csrPem, List<String> names, Instant now, Duration validity) {
    return publicKey(csrPem).map(key -> leaf(names, now, validity, key, null));
  }

  private static Optional<PublicKey> publicKey(String csrPem) {
    try (PEMParser parser = new PEMParser(new StringReader(csrPem))) {
      if (!(parser.readObject() instanceof PKCS10CertificationRequest parsed)) {
        return Optional.empty();
      }
      PublicKey key = new JcaPKCS10CertificationRequest(parsed).getPublicKey();
      boolean proven = parsed.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key));
      return proven ? Optional.of(key) : Optional.empty();
    } catch (IOException | GeneralSecurityException | OperatorCreationException | PKCSException e) {
      return Optional.empty();
    }
  }

  private World.Issued leaf(
      List<String> names,
      Instant now,
      Duration validity,
      PublicKey key,
      @Nullable KeyPair keysMadeHere) {
    Instant notBefore = now.truncatedTo(ChronoUnit.SECONDS);
    Instant notAfter = notBefore.plus(validity).minusSeconds(1);
    Root authority = root(now);
    X500Name subject = subject(names.getFirst());
    boolean namelessSubject = subject.getRDNs().length == 0; // RFC 5280, 4.2.1.6
    try {
      GeneralName[] subjects =
          names.stream()
              .map(name -> new GeneralName(GeneralName.dNSName, name))
              .toArray(GeneralName[]::new);
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer, serial(), Date.from(notBefore), Date.from(notAfter), subject, key);
      builder
          .addExtension(
              Extension.subjectAlternativeName, namelessSubject, new GeneralNames(subjects))
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
          .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
          .addExtension(
              Extension.extendedKeyUsage,
              false,
              new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      X509Certificate certificate = sign(builder, authority.keys());
      return new World.Issued(
          Pem.encode(certificate),
          authority.pem(),
          keysMadeHere,
          certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT),
          digest("SHA-1", certificate),
          digest("SHA-256", certificate),
          notBefore,
          notAfter,
          issuer.toString());
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("the sandbox CA cannot issue for " + names, e);
    }
  }

  private static X500Name subject(String name) {
    X500NameBuilder subject = new X500NameBuilder(BCStyle.INSTANCE);
    if (name.length() <= CN_LIMIT) {
      subject.addRDN(BCStyle.CN, name);
    }
    return subject.build();
  }

  private Root root(Instant now) {
    if (root == null) {
      root = makeRoot(now);
    }
    return root;
  }

  private Root makeRoot(Instant now) {
    KeyPair keys = ellipticCurve("secp256r1");
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              serial(),
              Date.from(now.minus(1, ChronoUnit.DAYS)),
              Date.from(now.plus(3650, ChronoUnit.DAYS)),
              issuer,
              keys.getPublic());
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
          .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      return new Root(keys, Pem.encode(sign(builder, keys)));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("the sandbox CA cannot make its root", e);
    }
  }

  private static X509Certificate sign(JcaX509v3CertificateBuilder builder, KeyPair authority)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate())));
  }

  private BigInteger serial() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    bytes[0] = (byte) ((bytes[0] & 0x3f) | 0x40);
    return new BigInteger(1, bytes);
  }

  private KeyPair pooledRsa() {
    return RsaKeys.of(2048, nextRsaKey++ % RSA_KEYS);
  }

  private static KeyPair ellipticCurve(String curve) {
    return generate("EC", generator -> generator.initialize(new ECGenParameterSpec(curve)));
  }

  private interface Initialisation {
    void on(KeyPairGenerator generator) throws GeneralSecurityException;
  }

  private static KeyPair generate(String algorithm, Initialisation initialisation) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      initialisation.on(generator);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no key generator for " + algorithm, e);
    }
  }

  private static String digest(String algorithm, X509Certificate certificate)
      throws GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance(algorithm).digest(certificate.getEncoded());
    return HexFormat.of().withUpperCase().formatHex(digest);
  }
}
