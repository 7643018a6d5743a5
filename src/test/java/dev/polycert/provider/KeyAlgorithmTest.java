package dev.polycert.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeyAlgorithmTest {
  @ParameterizedTest
  @CsvSource({
    "RSA 2048, RSA_2048",
    "RSA2048, RSA_2048",
    "rsa-4096, RSA_4096",
    "RSA, RSA",
    "rsaEncryption (2048 bit), RSA_2048",
    "sha256WithRSAEncryption, RSA",
    "ECC prime256v1, EC_P256",
    "prime256v1, EC_P256",
    "secp384r1, EC_P384",
    "P-256, EC_P256",
    "ECDSA, EC",
    "ecdsa-with-SHA256, EC",
    "ECDSA_P384, EC_P384",
    "EC, EC",
    "SM2, SM2",
    "Ed25519, Ed25519"
  })
  void vendorsSpellingsBecomeOurs(String vendors, String ours) {
    assertThat(KeyAlgorithm.spelling(vendors)).isEqualTo(ours);
  }

  @ParameterizedTest
  @EnumSource
  void ourOwnSpellingStays(KeyAlgorithm algorithm) {
    assertThat(KeyAlgorithm.spelling(algorithm.name())).isEqualTo(algorithm.name());
  }

  @ParameterizedTest
  @CsvSource({
    "RSA_2048, RSA_2048, false",
    "RSA_2048, RSA, false",
    "RSA_2048, RSA_4096, true",
    "RSA_2048, EC, true",
    "EC_P256, EC, false",
    "EC_P256, RSA_2048, true"
  })
  void whatIsNotToldDoesNotDiffer(KeyAlgorithm asked, String is, boolean differs) {
    assertThat(asked.differsFrom(is)).isEqualTo(differs);
  }
}
