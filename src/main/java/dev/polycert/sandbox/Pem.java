package dev.polycert.sandbox;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;

/** Writes certificates and keys as text (RFC 7468). */
public final class Pem {
  private Pem() {}

  /**
   * Encodes in PEM.
   *
   * @param encodable a certificate or a key
   */
  public static String encode(Object encodable) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(encodable);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
