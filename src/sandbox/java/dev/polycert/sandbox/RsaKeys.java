package dev.polycert.sandbox;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * RSA keys for what is no secret. Making one takes most of a second, so a process makes each once.
 */
public final class RsaKeys {
  private static final Map<Kind, KeyPair> MADE = new ConcurrentHashMap<>();

  private RsaKeys() {}

  private record Kind(int bits, int number) {}

  /** One of 2048 bits, always the same. */
  public static KeyPair one() {
    return of(2048, 0);
  }

  /** Another one of 2048 bits. */
  public static KeyPair another() {
    return of(2048, 1);
  }

  /**
   * One of several.
   *
   * @param number which; the same number gives the same key
   */
  public static KeyPair of(int bits, int number) {
    return MADE.computeIfAbsent(new Kind(bits, number), RsaKeys::make);
  }

  private static KeyPair make(Kind kind) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(kind.bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no key generator for RSA", e);
    }
  }
}
