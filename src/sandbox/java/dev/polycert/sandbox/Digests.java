package dev.polycert.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hashes and codes that the vendors' signatures are made of. */
public final class Digests {

  private Digests() {}

  /** The hash of the UTF-8 bytes of the text, in lower-case hex. */
  public static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The hash of the bytes, in lower-case hex. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks SHA-256", e);
    }
  }

  /** The code of the text under the key, both taken as UTF-8, in lower-case hex. */
  public static String hmacSha256(String key, String text) {
    return HexFormat.of().formatHex(hmacSha256(key.getBytes(StandardCharsets.UTF_8), text));
  }

  /**
   * The signature of AWS's version 4, and of those that follow it, in lower-case hex: under a key
   * that each part of the scope derives from the one before.
   *
   * @param key the secret with its prefix
   * @param scope such as {@code 20260102/us-east-1/acm/aws4_request}
   */
  public static String scopedSignature(String key, String scope, String stringToSign) {
    byte[] derived = key.getBytes(StandardCharsets.UTF_8);
    for (String part : scope.split("/")) {
      derived = hmacSha256(derived, part);
    }
    return HexFormat.of().formatHex(hmacSha256(derived, stringToSign));
  }

  /** Whether two texts are the same, in a time that does not show where they differ. */
  public static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** The code of the text, taken as UTF-8, under the key. */
  public static byte[] hmacSha256(byte[] key, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks HmacSHA256", e);
    }
  }
}
