package dev.polycert.vendor.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The codes of "Common Errors" and of the JSON protocols' gateways. */
class AwsErrorsTest {
  private final ErrorTable table = AwsErrors.common().build();

  @ParameterizedTest
  @CsvSource({
    "ThrottlingException, THROTTLED",
    "RequestLimitExceeded, THROTTLED",
    "InternalFailure, RETRY",
    "ServiceUnavailable, RETRY",
    "RequestExpired, CLOCK",
    "RequestTimeTooSkewed, CLOCK",
    "AccessDeniedException, CREDENTIALS",
    "ExpiredTokenException, CREDENTIALS",
    "IncompleteSignature, CREDENTIALS",
    "InvalidClientTokenId, CREDENTIALS",
    "MissingAuthenticationToken, CREDENTIALS",
    "NotAuthorized, CREDENTIALS",
    "OptInRequired, CREDENTIALS",
    "SignatureDoesNotMatch, CREDENTIALS",
    "UnrecognizedClientException, CREDENTIALS",
    "InvalidAction, FINAL",
    "MalformedQueryString, FINAL",
    "ValidationError, FINAL"
  })
  void everyCodeHasItsClass(String code, ErrorClass errorClass) {
    assertThat(table.lists(code)).isTrue();
    assertThat(table.classOf(code)).isEqualTo(errorClass);
  }

  @Test
  void aCodeThatNobodyHasHeardOfIsFinal() {
    assertThat(table.lists("NeverHeardOf")).isFalse();
    assertThat(table.classOf("NeverHeardOf")).isEqualTo(ErrorClass.FINAL);
  }
}
