package dev.polycert.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * RSA keys for what is no secret. Looking for primes takes most of a second, so keys of 2048 bits
 * are made of two of a few known ones, and others once in a process.
 */
public final class RsaKeys {
  private static final BigInteger EXPONENT = BigInteger.valueOf(65537);

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
   * @param number which, from 0 on; of 2048 bits there are ten
   */
  public static KeyPair of(int bits, int number) {
    return MADE.computeIfAbsent(new Kind(bits, number), RsaKeys::make);
  }

  private static KeyPair make(Kind kind) {
    try {
      if (kind.bits == 2048) {
        return known(kind.number);
      }
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(kind.bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no keys of RSA", e);
    }
  }

  /** One of the pairs of known primes. */
  private static KeyPair known(int number) throws GeneralSecurityException {
    List<BigInteger> primes = primes();
    int left = number;
    for (int i = 1; i < primes.size(); i++) {
      if (left < i) {
        return pair(primes.get(i), primes.get(left));
      }
      left -= i;
    }
    throw new IllegalArgumentException("there is no key " + number);
  }

  /** The parts of a private key: RFC 8017, section 3.2. */
  private static KeyPair pair(BigInteger p, BigInteger q) throws GeneralSecurityException {
    BigInteger beforeP = p.subtract(BigInteger.ONE);
    BigInteger beforeQ = q.subtract(BigInteger.ONE);
    BigInteger modulus = p.multiply(q);
    BigInteger secret = EXPONENT.modInverse(beforeP.multiply(beforeQ));
    KeyFactory factory = KeyFactory.getInstance("RSA");
    return new KeyPair(
        factory.generatePublic(new RSAPublicKeySpec(modulus, EXPONENT)),
        factory.generatePrivate(
            new RSAPrivateCrtKeySpec(
                modulus,
                EXPONENT,
                secret,
                p,
                q,
                secret.mod(beforeP),
                secret.mod(beforeQ),
                q.modInverse(p))));
  }

  /** Primes of 1024 bits whose products have 2048, a hexadecimal number on each line. */
  private static List<BigInteger> primes() {
    try (InputStream in =
        Objects.requireNonNull(RsaKeys.class.getResourceAsStream("/primes.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(line -> new BigInteger(line, 16))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
