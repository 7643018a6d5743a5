package dev.polycert.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RsaKeysTest {
  private static final Random RANDOM = new Random(7);
  private static final BigInteger F4 = BigInteger.valueOf(65537);
  private static final BigInteger PRIME = BigInteger.probablePrime(1024, RANDOM);

  private static String weakness(BigInteger modulus, BigInteger exponent)
      throws GeneralSecurityException {
    RSAPublicKey key =
        (RSAPublicKey)
            KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    return RsaKeys.weakness(key).orElse("none");
  }

  private static BigInteger sound() {
    return PRIME.multiply(BigInteger.probablePrime(1024, RANDOM));
  }

  @Test
  void aSoundKeyIsTaken() throws GeneralSecurityException {
    assertThat(weakness(sound(), F4)).isEqualTo("none");
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 17, 65535, 65538, (1L << 40) + 15})
  void exponentsThatCasRejectAreNamed(long exponent) throws GeneralSecurityException {
    assertThat(weakness(sound(), BigInteger.valueOf(exponent)))
        .isEqualTo("its public exponent is " + exponent + "; expected 65537");
  }

  @Test
  void neighbouringPrimesAreFound() throws GeneralSecurityException {
    assertThat(weakness(PRIME.multiply(PRIME.nextProbablePrime()), F4)).contains("too close");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 751, 65521})
  void aSmallFactorIsFound(int factor) throws GeneralSecurityException {
    BigInteger other = BigInteger.probablePrime(2040, RANDOM);

    assertThat(weakness(other.multiply(BigInteger.valueOf(factor)), F4)).contains("small factor");
  }
}
