package dev.polycert.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.sandbox.RsaKeys;
import dev.polycert.testing.RequiresPrograms;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@RequiresPrograms("openssl")
class KeyStoreFileTest {
  private static KeyPair pair(String algorithm) throws Exception {
    return algorithm.equals("RSA")
        ? RsaKeys.one()
        : KeyPairGenerator.getInstance(algorithm).generateKeyPair();
  }

  private static final String PASSWORD = "canary password";

  @TempDir Path temporary;

  static Stream<Arguments> everyForm() {
    return Stream.of(KeyStoreFile.values())
        .flatMap(
            form ->
                Stream.of("RSA", "EC")
                    .flatMap(
                        algorithm ->
                            Stream.of(true, false)
                                .map(pkcs8 -> Arguments.of(form, algorithm, pkcs8))));
  }

  @ParameterizedTest
  @MethodSource("everyForm")
  void holdsKeyAndChainHoweverTheVendorWritesThem(
      KeyStoreFile form, String algorithm, boolean pkcs8) throws Exception {
    KeyPair pair = pair(algorithm);
    String certificate = certificate(pair, algorithm);
    CertificateBundle export =
        new CertificateBundle(
            "\uFEFF" + certificate.replace("\n", "\r\n").strip(), "", key(pair, pkcs8));

    byte[] file = form.of(export, PASSWORD).orElseThrow();

    KeyStore store = KeyStore.getInstance(form == KeyStoreFile.JKS ? "JKS" : "PKCS12");
    store.load(new ByteArrayInputStream(file), PASSWORD.toCharArray());
    String alias = store.aliases().nextElement();
    assertThat(store.getKey(alias, PASSWORD.toCharArray()))
        .isInstanceOfSatisfying(PrivateKey.class, key -> assertThat(fits(key, pair)).isTrue());
    assertThat(store.getCertificate(alias).getPublicKey()).isEqualTo(pair.getPublic());
    assertThat(form.holds(file, export, PASSWORD)).isTrue();
    assertThat(form.holds(file, export, "another password")).isFalse();
    CertificateBundle other =
        new CertificateBundle(certificate(pair, algorithm), "", key(pair, pkcs8));
    assertThat(form.holds(file, other, PASSWORD)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void theChainFollowsTheCertificate(KeyStoreFile form) throws Exception {
    CertificateBundle export = IssuedCertificates.issued("www.example.com");

    byte[] file = form.of(export, PASSWORD).orElseThrow();

    KeyStore store = KeyStore.getInstance(form == KeyStoreFile.JKS ? "JKS" : "PKCS12");
    store.load(new ByteArrayInputStream(file), PASSWORD.toCharArray());
    assertThat(store.getCertificateChain("certificate"))
        .hasSizeGreaterThan(1)
        .startsWith(Pem.certificate(export.certificate()).orElseThrow())
        .contains(Pem.certificate(export.chain()).orElseThrow());
    assertThat(form.holds(file, export, PASSWORD)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("everyForm")
  void opensslReadsTheOldFormOnlyWhereItIsToldTo(KeyStoreFile form, String algorithm, boolean pkcs8)
      throws Exception {
    assumeThat(form).as("openssl reads no JKS").isNotEqualTo(KeyStoreFile.JKS);
    KeyPair pair = pair(algorithm);
    Path file = temporary.resolve("certificate.p12");
    Files.write(
        file,
        form.of(new CertificateBundle(certificate(pair, algorithm), "", key(pair, pkcs8)), PASSWORD)
            .orElseThrow());

    String told = openssl(file, "-info", "-legacy");

    assertThat(told).contains("BEGIN CERTIFICATE", "BEGIN PRIVATE KEY", "friendlyName");
    if (form == KeyStoreFile.PKCS12_LEGACY) {
      assertThat(told).contains("pbeWithSHA1And3-KeyTripleDES-CBC", "MAC: sha1");
    } else {
      assertThat(told).contains("AES-256-CBC", "MAC: sha256");
      assertThat(openssl(file)).contains("BEGIN PRIVATE KEY");
    }
  }

  private static String openssl(Path file, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("openssl", "pkcs12", "-in", file.toString(), "-passin", "pass:" + PASSWORD));
    command.add("-noenc");
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(told).isZero();
    return told;
  }

  @ParameterizedTest
  @CsvSource({"not a key", "-----BEGIN PRIVATE KEY-----"})
  void aKeyThatCannotBeReadMakesNoFile(String key) throws Exception {
    KeyPair pair = pair("EC");
    CertificateBundle export =
        new CertificateBundle(certificate(pair, "EC"), "", new PrivateKeyPem(key));

    for (KeyStoreFile form : KeyStoreFile.values()) {
      assertThat(form.of(export, PASSWORD)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"RSA, true", "RSA, false", "EC, true", "EC, false"})
  void aKeyIsWrittenInEitherForm(String algorithm, boolean pkcs8) throws Exception {
    KeyPair pair = pair(algorithm);
    PrivateKeyPem given = key(pair, pkcs8);

    String modern = KeyForm.PKCS8.of(given).reveal();
    String old = KeyForm.TRADITIONAL.of(given).reveal();

    assertThat(modern).startsWith("-----BEGIN PRIVATE KEY-----");
    assertThat(old).startsWith("-----BEGIN " + algorithm + " PRIVATE KEY-----");
    for (String pem : List.of(modern, old)) {
      Path file = Files.writeString(temporary.resolve("key.pem"), pem);
      Process process =
          new ProcessBuilder(
                  "openssl", "pkey", "-in", file.toString(), "-pubout", "-outform", "DER")
              .start();
      assertThat(process.getInputStream().readAllBytes()).isEqualTo(pair.getPublic().getEncoded());
    }
  }

  private static boolean fits(PrivateKey key, KeyPair pair) {
    String algorithm = "SHA256with" + (key.getAlgorithm().equals("RSA") ? "RSA" : "ECDSA");
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      byte[] signed = signature.sign();
      signature.initVerify(pair.getPublic());
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static PrivateKeyPem key(KeyPair pair, boolean pkcs8) throws Exception {
    if (pkcs8) {
      return new PrivateKeyPem(pem(new JcaPKCS8Generator(pair.getPrivate(), null).generate()));
    }
    return new PrivateKeyPem(
        pair.getPrivate() instanceof ECPrivateKey ec ? pem(sec1(ec)) : pem(pair));
  }

  /** The form that openssl writes, with the name of the curve. */
  private static PemObject sec1(ECPrivateKey key) throws Exception {
    var curve = PrivateKeyInfo.getInstance(key.getEncoded()).getPrivateKeyAlgorithm();
    int bits = key.getParams().getOrder().bitLength();
    return new PemObject(
        "EC PRIVATE KEY",
        new org.bouncycastle.asn1.sec.ECPrivateKey(bits, key.getS(), curve.getParameters())
            .getEncoded());
  }

  private static String certificate(KeyPair pair, String algorithm) throws Exception {
    Instant now = Instant.now();
    X500Name name = new X500Name("CN=pkcs12.example");
    return pem(
        new JcaX509v3CertificateBuilder(
                name,
                BigInteger.valueOf(System.nanoTime()),
                Date.from(now),
                Date.from(now.plus(Duration.ofDays(1))),
                name,
                pair.getPublic())
            .build(
                new JcaContentSignerBuilder(
                        algorithm.equals("EC") ? "SHA256withECDSA" : "SHA256withRSA")
                    .build(pair.getPrivate())));
  }

  private static String pem(Object object) throws Exception {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }
}
