package dev.polycert.function;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.PrivateKeyPem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Writes a certificate, its chain and its key into one file that is protected by a password. */
final class Pkcs12 {
  static final VendorError UNUSABLE =
      new VendorError(
          ErrorClass.FINAL,
          "Export.Unusable",
          "certificate, chain and key do not make a PKCS12 file: export them as PEM");

  static final String ALIAS = "certificate";

  private Pkcs12() {}

  /**
   * The file in Base64; empty when the parts from the vendor do not belong together.
   *
   * @param legacy for readers that know the algorithms of 1996 alone
   */
  static Optional<String> of(CertificateBundle certificate, String password, boolean legacy) {
    PrivateKeyPem pem = certificate.privateKey();
    if (pem == null) {
      return Optional.empty();
    }
    try {
      byte[] bundle = (certificate.certificate() + certificate.chain()).getBytes(US_ASCII);
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bundle))
              .toArray(Certificate[]::new);
      byte[] file =
          legacy
              ? LegacyPkcs12.write(key(pem), chain, password.toCharArray())
              : write(key(pem), chain, password.toCharArray());
      return Optional.of(Base64.getEncoder().encodeToString(file));
    } catch (IOException | GeneralSecurityException unusable) {
      return Optional.empty();
    }
  }

  private static byte[] write(PrivateKey key, Certificate[] chain, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(ALIAS, key, password, chain);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    store.store(file, password);
    return file.toByteArray();
  }

  /** Vendors write keys as PKCS#8, PKCS#1 or SEC 1, some with parameters in front. */
  private static PrivateKey key(PrivateKeyPem pem) throws IOException {
    try (PEMParser parser = new PEMParser(new StringReader(pem.reveal()))) {
      JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
      for (Object read = parser.readObject(); read != null; read = parser.readObject()) {
        if (read instanceof PrivateKeyInfo key) {
          return converter.getPrivateKey(key);
        }
        if (read instanceof PEMKeyPair pair) {
          return converter.getPrivateKey(pair.getPrivateKeyInfo());
        }
      }
    }
    throw new IOException("no private key");
  }
}
