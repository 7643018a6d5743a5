package dev.polycert.vendor.alibaba.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlidnsErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "DomainRecordDuplicate, ALREADY_APPLIED",
    "DomainRecordConflict, ALREADY_APPLIED",
    "QuotaExceeded.Record, QUOTA",
    "LastOperationNotFinished, RETRY",
    "IllegalUser, CREDENTIALS",
    "IncorrectDomainUser, FINAL",
    "DomainRecordNotBelongToUser, FINAL",
    "DomainForbidden, FINAL",
    "DomainRecordLocked, FINAL",
    "RecordForbidden.DNSChange, FINAL",
    "Throttling.User, THROTTLED",
    "ServiceUnavailable, RETRY",
    "InvalidTimeStamp.Expired, CLOCK",
    "InvalidAccessKeyId.NotFound, CREDENTIALS",
    "Forbidden.RAM, CREDENTIALS",
    "InvalidRR.NoExist, FINAL"
  })
  void everyCodeHasItsClass(String code, ErrorClass errorClass) {
    assertThat(AlidnsWriter.ERRORS.lists(code)).isTrue();
    assertThat(AlidnsWriter.ERRORS.classOf(code)).isEqualTo(errorClass);
  }
}
