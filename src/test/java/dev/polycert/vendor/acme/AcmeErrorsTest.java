package dev.polycert.vendor.acme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcmeErrorsTest {

  /** RFC 8555, section 6.7, and the types that were registered after it. */
  @ParameterizedTest
  @CsvSource({
    "accountDoesNotExist, CREDENTIALS",
    "alreadyRevoked, FINAL",
    "badCSR, FINAL",
    "badNonce, THROTTLED",
    "badPublicKey, FINAL",
    "badRevocationReason, FINAL",
    "badSignatureAlgorithm, FINAL",
    "caa, FINAL",
    "compound, FINAL",
    "connection, FINAL",
    "dns, FINAL",
    "externalAccountRequired, CREDENTIALS",
    "incorrectResponse, FINAL",
    "invalidContact, FINAL",
    "malformed, FINAL",
    "orderNotReady, PENDING",
    "rateLimited, THROTTLED",
    "rejectedIdentifier, FINAL",
    "serverInternal, RETRY",
    "tls, FINAL",
    "unauthorized, CREDENTIALS",
    "unsupportedContact, FINAL",
    "unsupportedIdentifier, FINAL",
    "userActionRequired, NEEDS_USER",
    "alreadyReplaced, FINAL",
    "invalidProfile, FINAL",
    "autoRenewalCanceled, FINAL",
    "autoRenewalExpired, FINAL",
    "autoRenewalCancellationInvalid, FINAL",
    "autoRenewalRevocationNotSupported, FINAL",
    "unknownDelegation, FINAL",
    "onionCAARequired, FINAL"
  })
  void everyTypeHasItsClass(String type, ErrorClass errorClass) {
    assertThat(AcmeErrors.TABLE.lists(type)).isTrue();
    assertThat(AcmeErrors.TABLE.classOf(type)).isEqualTo(errorClass);
  }

  @Test
  void aTypeThatNobodyHasHeardOfIsFinal() {
    assertThat(AcmeErrors.TABLE.lists("neverHeardOf")).isFalse();
    assertThat(AcmeErrors.TABLE.classOf("neverHeardOf")).isEqualTo(ErrorClass.FINAL);
  }
}
