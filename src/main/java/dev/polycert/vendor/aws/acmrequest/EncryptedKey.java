package dev.polycert.vendor.aws.acmrequest;

import dev.polycert.provider.PrivateKeyPem;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** Opens encrypted private keys ({@code ENCRYPTED PRIVATE KEY}, RFC 5958, section 3). */
final class EncryptedKey {
  private EncryptedKey() {}

  /** The key in PKCS #8; empty where the text is none, or the passphrase does not open it. */
  static Optional<PrivateKeyPem> open(String pem, char[] passphrase) {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      return parser.readObject() instanceof PKCS8EncryptedPrivateKeyInfo encrypted
          ? Optional.of(
              plain(
                  encrypted.decryptPrivateKeyInfo(
                      new JceOpenSSLPKCS8DecryptorProviderBuilder().build(passphrase))))
          : Optional.empty();
    } catch (IOException | OperatorCreationException | PKCSException | RuntimeException broken) {
      // The library throws unchecked exceptions too at what is malformed inside.
      return Optional.empty();
    }
  }

  private static PrivateKeyPem plain(PrivateKeyInfo key) throws IOException {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject("PRIVATE KEY", key.getEncoded()));
    }
    return new PrivateKeyPem(text.toString());
  }
}
