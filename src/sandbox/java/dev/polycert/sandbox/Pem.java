package dev.polycert.sandbox;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/** Writes certificates and keys as text (RFC 7468). */
public final class Pem {
  private Pem() {}

  /**
   * Encodes in PEM; private keys as PKCS #8, because Java's elliptic ones do not name their curve
   * in the older form.
   *
   * @param encodable a certificate or a key
   */
  public static String encode(Object encodable) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(
          encodable instanceof PrivateKey key ? new JcaPKCS8Generator(key, null) : encodable);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
