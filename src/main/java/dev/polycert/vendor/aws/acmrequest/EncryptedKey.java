package dev.polycert.vendor.aws.acmrequest;

import dev.polycert.provider.PrivateKeyPem;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * Opens encrypted private keys ({@code ENCRYPTED PRIVATE KEY}, RFC 5958, section 3), with the
 * ciphers of PBES2 that the JDK has.
 */
final class EncryptedKey {
  private EncryptedKey() {}

  /** The key in PKCS #8; empty where the text is none, or the passphrase does not open it. */
  static Optional<PrivateKeyPem> open(String pem, char[] passphrase) {
    try (PemReader reader = new PemReader(new StringReader(pem))) {
      PemObject block = reader.readPemObject();
      return block == null
          ? Optional.empty()
          : Optional.of(plain(new EncryptedPrivateKeyInfo(block.getContent()), passphrase));
    } catch (IOException | GeneralSecurityException | RuntimeException broken) {
      // The libraries also throw unchecked exceptions when the content is malformed.
      return Optional.empty();
    }
  }

  private static PrivateKeyPem plain(EncryptedPrivateKeyInfo encrypted, char[] passphrase)
      throws IOException, GeneralSecurityException {
    // The text of these parameters is the name of the whole scheme: PBEWithHmacSHA1AndAES_256.
    SecretKey key =
        SecretKeyFactory.getInstance(encrypted.getAlgParameters().toString())
            .generateSecret(new PBEKeySpec(passphrase));
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject("PRIVATE KEY", encrypted.getKeySpec(key).getEncoded()));
    }
    return new PrivateKeyPem(text.toString());
  }
}
