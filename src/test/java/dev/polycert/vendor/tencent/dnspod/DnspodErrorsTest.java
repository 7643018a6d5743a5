package dev.polycert.vendor.tencent.dnspod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnspodErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "InvalidParameter.DomainRecordExist, ALREADY_APPLIED",
    "LimitExceeded.RecordTtlLimit, QUOTA",
    "LimitExceeded.RateLimitExceeded, THROTTLED",
    "FailedOperation.UnknowError, RETRY",
    "InvalidParameter.OperateFailed, RETRY",
    "FailedOperation.LoginFailed, CREDENTIALS",
    "OperationDenied.NoPermissionToOperateDomain, CREDENTIALS",
    "FailedOperation.NotDomainOwner, FINAL",
    "ResourceNotFound.NoDataOfRecord, FINAL",
    "InvalidParameter.RecordIdInvalid, FINAL",
    "RequestLimitExceeded, THROTTLED",
    "InternalError, RETRY",
    "AuthFailure.SignatureExpire, CLOCK",
    "AuthFailure.SignatureFailure, CREDENTIALS",
    "UnauthorizedOperation, CREDENTIALS",
    "ResourceInsufficient, QUOTA",
    "MissingParameter, FINAL"
  })
  void everyCodeHasItsClass(String code, ErrorClass errorClass) {
    assertThat(DnspodWriter.ERRORS.lists(code)).isTrue();
    assertThat(DnspodWriter.ERRORS.classOf(code)).isEqualTo(errorClass);
  }
}
