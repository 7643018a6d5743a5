package dev.polycert.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.PrivateKeyPem;
import dev.polycert.testing.RequiresPrograms;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RequiresPrograms("openssl")
class Pkcs12Test {
  private static final String PASSWORD = "canary password";

  @ParameterizedTest
  @CsvSource({
    "RSA, true, false",
    "RSA, false, false",
    "EC, true, false",
    "EC, false, false",
    "RSA, true, true",
    "EC, false, true"
  })
  void holdsKeyAndChainHoweverTheVendorWritesTheKey(String algorithm, boolean pkcs8, boolean legacy)
      throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    CertificateBundle export =
        new CertificateBundle(certificate(pair, algorithm), "", key(pair, pkcs8));

    String file = Pkcs12.of(export, PASSWORD, legacy).orElseThrow();

    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(Base64.getDecoder().decode(file)), PASSWORD.toCharArray());
    String alias = store.aliases().nextElement();
    assertThat(store.getKey(alias, PASSWORD.toCharArray()))
        .isInstanceOfSatisfying(PrivateKey.class, key -> assertThat(fits(key, pair)).isTrue());
    assertThat(store.getCertificateChain(alias)).hasSize(1);
    assertThat(store.getCertificate(alias).getPublicKey()).isEqualTo(pair.getPublic());
  }

  @ParameterizedTest
  @CsvSource({"not a key", "-----BEGIN PRIVATE KEY-----"})
  void aKeyThatCannotBeReadMakesNoFile(String key) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();

    assertThat(
            Pkcs12.of(
                new CertificateBundle(certificate(pair, "EC"), "", new PrivateKeyPem(key)),
                PASSWORD,
                false))
        .isEmpty();
  }

  /** The judge is what old readers are built on; its words for the algorithms are their names. */
  @ParameterizedTest
  @CsvSource({
    "false, PBES2, sha256",
    "true, pbeWithSHA1And3-KeyTripleDES-CBC, sha1",
  })
  void opensslNamesTheAlgorithms(boolean legacy, String cipher, String mac) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    String file =
        Pkcs12.of(
                new CertificateBundle(certificate(pair, "RSA"), "", key(pair, true)),
                PASSWORD,
                legacy)
            .orElseThrow();

    Process openssl =
        new ProcessBuilder("openssl", "pkcs12", "-info", "-noout", "-passin", "pass:" + PASSWORD)
            .redirectErrorStream(true)
            .start();
    try (var in = openssl.getOutputStream()) {
      in.write(Base64.getDecoder().decode(file));
    }
    String told = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(openssl.waitFor()).as(told).isZero();
    assertThat(told).contains("MAC: " + mac, "Shrouded Keybag: " + cipher);
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
                BigInteger.ONE,
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
