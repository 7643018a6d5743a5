package dev.polycert.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that seals with AES-256-GCM (NIST SP 800-38D), and the id that sealed values have of it.
 */
final class VaultKey {
  static final int ID_BYTES = 8;
  static final int NONCE_BYTES = 12;
  private static final int KEY_BYTES = 32;
  private static final int TAG_BITS = 128;

  private final SecretKey key;
  private final byte[] id;

  private VaultKey(byte[] bytes) {
    key = new SecretKeySpec(bytes, "AES");
    id = idOf(bytes);
  }

  /**
   * Reads a key.
   *
   * @param setting the name of the setting, for the error
   * @throws IllegalStateException when it is no key; the text does not repeat it
   */
  static VaultKey parse(String setting, String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException notBase64) {
      bytes = new byte[0];
    }
    if (bytes.length != KEY_BYTES) {
      throw new IllegalStateException(
          setting + " must be 32 bytes in base64, as openssl rand -base64 32 makes them");
    }
    return new VaultKey(bytes);
  }

  /** A digest that is used for nothing else identifies the key and reveals nothing of it. */
  private static byte[] idOf(byte[] key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("polycert vault key id".getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.allocate(ID_BYTES).put(digest.digest(key), 0, ID_BYTES).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] id() {
    return id.clone();
  }

  byte[] seal(byte[] nonce, byte[] bound, byte[] plain) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, nonce, bound).doFinal(plain);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] open(byte[] nonce, byte[] bound, byte[] sealed) throws GeneralSecurityException {
    return cipher(Cipher.DECRYPT_MODE, nonce, bound).doFinal(sealed);
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] bound) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(bound);
    return cipher;
  }

  /** Shows the id, not the key. */
  @Override
  public String toString() {
    return "VaultKey[" + HexFormat.of().formatHex(id) + "]";
  }
}
