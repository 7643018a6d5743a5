package dev.polycert.provider.tencent.edgeone;

import static dev.polycert.provider.tencent.TencentTesting.codes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.provider.ErrorClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgeOneErrorsTest {

  @Test
  void everyDocumentedCodeIsListed() {
    assertThat(codes("CheckFreeCertificateVerification.zh.txt"))
        .contains("ResourceUnavailable.RecordUnExpected")
        .allMatch(EdgeOneErrors.table()::lists)
        .allMatch(EdgeOneErrors.ofCheck()::lists);
  }

  @ParameterizedTest
  @CsvSource({
    "ResourceUnavailable.RecordUnExpected, PENDING, PENDING",
    "ResourceUnavailable.SomethingNew, PENDING, FINAL",
    "FailedOperation, PENDING, FINAL",
    "FailedOperation.SomethingNew, PENDING, FINAL",
    "FailedOperation.InvalidZoneStatus, FINAL, FINAL",
    "ResourceUnavailable.ZoneNotFound, FINAL, FINAL",
    "ResourceUnavailable.DomainNotFound, FINAL, FINAL",
    "ResourceUnavailable.HostNotFound, FINAL, FINAL",
    "ResourceNotFound, FINAL, FINAL",
    "UnauthorizedOperation.Unknown, RETRY, RETRY",
    "UnauthorizedOperation.CamUnauthorized, CREDENTIALS, CREDENTIALS",
    "InternalError.ProxyServer, RETRY, RETRY",
    "InvalidParameter.ActionInProgress, RETRY, RETRY",
    "InvalidParameter.Whatever, FINAL, FINAL",
    "OperationDenied.ConfigLocked, RETRY, RETRY",
    "OperationDenied.Whatever, FINAL, FINAL",
    "ResourceInUse, RETRY, RETRY",
    "LimitExceeded.RateLimitExceeded, THROTTLED, THROTTLED",
    "NobodyHasHeardOf.This, FINAL, FINAL"
  })
  void aCodeMeans(String code, ErrorClass inACheck, ErrorClass elsewhere) {
    assertThat(EdgeOneErrors.ofCheck().classOf(code)).isEqualTo(inACheck);
    assertThat(EdgeOneErrors.table().classOf(code)).isEqualTo(elsewhere);
  }
}
