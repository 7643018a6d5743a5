package dev.polycert.provider;

import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Finds RSA keys that are easy to break, or that CAs reject as such. */
final class RsaKeys {
  private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(65537);

  /** Public CAs take exponents of 32 bits at most. */
  private static final int EXPONENT_BITS = 32;

  /** Factors below this are looked for. */
  private static final int SMALL = 1 << 16;

  /** "At least 100 rounds of Fermat's factorization" (Baseline Requirements, 6.1.1.3). */
  private static final int ROUNDS = 100;

  private static final BigInteger SMALL_PRIMES = smallPrimes();

  /** Of this divisor one remainder in 65 is that of a square. */
  private static final BigInteger DIVISOR = BigInteger.valueOf(64 * 63 * 65);

  private static final BitSet SQUARES = squares();

  private RsaKeys() {}

  /** Why CAs reject the key; empty when no reason is known. */
  static Optional<String> weakness(RSAPublicKey key) {
    BigInteger exponent = key.getPublicExponent();
    if (exponent.compareTo(LEAST_EXPONENT) < 0
        || exponent.bitLength() > EXPONENT_BITS
        || !exponent.testBit(0)) {
      return Optional.of("its public exponent is %s; expected 65537".formatted(exponent));
    }
    BigInteger modulus = key.getModulus();
    if (!modulus.gcd(SMALL_PRIMES).equals(BigInteger.ONE)) {
      return Optional.of("its modulus has a small factor");
    }
    return factorsAreClose(modulus)
        ? Optional.of("the two primes of its modulus are too close to each other")
        : Optional.empty();
  }

  /** Looks for a root + i, so that its square less the modulus is a square. */
  private static boolean factorsAreClose(BigInteger modulus) {
    BigInteger[] root = modulus.sqrtAndRemainder();
    BigInteger middle = root[1].signum() == 0 ? root[0] : root[0].add(BigInteger.ONE);
    BigInteger rest = middle.multiply(middle).subtract(modulus);
    for (int round = 0; round < ROUNDS; round++) {
      if (isSquare(rest)) {
        return true;
      }
      rest = rest.add(middle.shiftLeft(1)).add(BigInteger.ONE);
      middle = middle.add(BigInteger.ONE);
    }
    return false;
  }

  /** Most numbers are known by a remainder to be no squares, without the costly root. */
  private static boolean isSquare(BigInteger number) {
    return SQUARES.get(number.mod(DIVISOR).intValue())
        && number.sqrtAndRemainder()[1].signum() == 0;
  }

  private static BitSet squares() {
    int divisor = DIVISOR.intValue();
    BitSet squares = new BitSet(divisor);
    for (long root = 0; root < divisor; root++) {
      squares.set((int) (root * root % divisor));
    }
    return squares;
  }

  private static BigInteger smallPrimes() {
    BitSet composite = new BitSet(SMALL);
    List<BigInteger> primes = new ArrayList<>();
    for (int number = 2; number < SMALL; number++) {
      if (!composite.get(number)) {
        primes.add(BigInteger.valueOf(number));
        for (long multiple = (long) number * number; multiple < SMALL; multiple += number) {
          composite.set((int) multiple);
        }
      }
    }
    return product(primes);
  }

  private static BigInteger product(List<BigInteger> numbers) {
    int half = numbers.size() / 2;
    return half == 0
        ? numbers.getFirst()
        : product(numbers.subList(0, half))
            .multiply(product(numbers.subList(half, numbers.size())));
  }
}
