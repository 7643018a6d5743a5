package dev.polycert.provider.tencent.ssl;

import static dev.polycert.provider.tencent.TencentTesting.codes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.provider.ErrorClass;
import dev.polycert.provider.ErrorTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TencentSslErrorsTest {
  private final ErrorTable table = TencentSslErrors.table();

  @ParameterizedTest
  @ValueSource(strings = {"ApplyCertificate.zh.txt", "SubmitCertificateInformation.zh.txt"})
  void everyDocumentedCodeIsListed(String page) {
    assertThat(codes(page)).allMatch(table::lists);
  }

  @ParameterizedTest
  @CsvSource({
    "RequestLimitExceeded, THROTTLED",
    "RequestLimitExceeded.UinLimitExceeded, THROTTLED",
    "LimitExceeded.RateLimitExceeded, THROTTLED",
    "InternalError, RETRY",
    "InternalError.BackendResponseEmpty, RETRY",
    "FailedOperation.NetworkError, RETRY",
    "FailedOperation.CannotGetOrder, RETRY",
    "FailedOperation.SystemError, RETRY",
    "AuthFailure.SignatureExpire, CLOCK",
    "AuthFailure.SignatureFailure, CREDENTIALS",
    "AuthFailure.SomethingNew, CREDENTIALS",
    "UnauthorizedOperation, CREDENTIALS",
    "UnauthorizedOperation.CamNoAuth, CREDENTIALS",
    "FailedOperation.AuthError, CREDENTIALS",
    "FailedOperation.ExceedsFreeLimit, QUOTA",
    "FailedOperation.MainDomainCertificateCountLimit, QUOTA",
    "FailedOperation.PackageCountLimit, QUOTA",
    "FailedOperation.NoRealNameAuth, FINAL",
    "FailedOperation.CertificateNotFound, FINAL",
    "FailedOperation, FINAL",
    "InvalidParameterValue.CertificateDomainMaxLengthInvalid, FINAL",
    "ResourceUnavailable.Whatever, FINAL"
  })
  void aCodeMeans(String code, ErrorClass errorClass) {
    assertThat(table.lists(code)).isTrue();
    assertThat(table.classOf(code)).isEqualTo(errorClass);
  }

  @Test
  void whatNobodyHasHeardOfIsFinal() {
    assertThat(table.lists("FailedOperation.SomethingNew")).isFalse();
    assertThat(table.classOf("FailedOperation.SomethingNew")).isEqualTo(ErrorClass.FINAL);
  }
}
