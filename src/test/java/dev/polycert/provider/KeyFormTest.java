package dev.polycert.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.sandbox.RsaKeys;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of private keys that targets ask for. */
class KeyFormTest {
  private static KeyPair pair(String kind) throws Exception {
    if (kind.equals("RSA")) {
      return RsaKeys.one();
    }
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(kind));
    return generator.generateKeyPair();
  }

  private static String pkcs8(PrivateKey key) throws Exception {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(new JcaPKCS8Generator(key, null));
    }
    return text.toString();
  }

  /** The labels of the blocks of a text. */
  private static List<String> labels(String pem) {
    return pem.lines()
        .filter(line -> line.startsWith("-----BEGIN "))
        .map(line -> line.substring(11, line.length() - 5))
        .toList();
  }

  private static PrivateKey read(String pem) throws Exception {
    List<PrivateKey> keys = new ArrayList<>();
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      for (Object read = parser.readObject(); read != null; read = parser.readObject()) {
        if (read instanceof PEMKeyPair pair) {
          keys.add(new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo()));
        }
      }
    }
    assertThat(keys).hasSize(1);
    return keys.getFirst();
  }

  private static Object number(PrivateKey key) {
    return key instanceof RSAPrivateKey rsa
        ? rsa.getPrivateExponent()
        : ((ECPrivateKey) key).getS();
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, TRADITIONAL, RSA PRIVATE KEY",
    "RSA, TRADITIONAL_WITH_PARAMETERS, RSA PRIVATE KEY",
    "secp256r1, TRADITIONAL, EC PRIVATE KEY",
    "secp384r1, TRADITIONAL, EC PRIVATE KEY",
    "secp256r1, TRADITIONAL_WITH_PARAMETERS, EC PARAMETERS+EC PRIVATE KEY"
  })
  void aKeyIsWrittenAsTheTargetReadsIt(String kind, KeyForm form, String labels) throws Exception {
    PrivateKey key = pair(kind).getPrivate();
    PrivateKeyPem given = new PrivateKeyPem(pkcs8(key));

    PrivateKeyPem written = form.of(given);

    assertThat(String.join("+", labels(written.reveal()))).isEqualTo(labels);
    assertThat(number(read(written.reveal()))).isEqualTo(number(key));
    assertThat(number(read(form.of(written).reveal()))).isEqualTo(number(key));
  }

  @Test
  void asGivenChangesNothing() throws Exception {
    PrivateKeyPem given = new PrivateKeyPem(pkcs8(pair("RSA").getPrivate()));

    assertThat(KeyForm.AS_GIVEN.of(given)).isSameAs(given);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no key",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "-----BEGIN EC PRIVATE KEY-----\nMAA=\n-----END EC PRIVATE KEY-----\n"
      })
  void whatIsNoKeyStaysAsItIs(String text) {
    assertThat(KeyForm.TRADITIONAL.of(new PrivateKeyPem(text)).reveal()).isEqualTo(text);
  }
}
