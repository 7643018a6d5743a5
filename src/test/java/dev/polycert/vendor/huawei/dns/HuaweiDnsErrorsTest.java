package dev.polycert.vendor.huawei.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HuaweiDnsErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "DNS.0001, RETRY",
    "DNS.0004, ALREADY_APPLIED",
    "DNS.0005, CREDENTIALS",
    "DNS.0013, CREDENTIALS",
    "DNS.0014, THROTTLED",
    "DNS.0021, THROTTLED",
    "DNS.0312, ALREADY_APPLIED",
    "DNS.0335, ALREADY_APPLIED",
    "DNS.0302, FINAL",
    "DNS.0319, FINAL",
    "DNS.0403, QUOTA",
    "DNS.0409, QUOTA",
    "APIGW.0308, THROTTLED",
    "APIG.0308, THROTTLED",
    "APIGW.0301, CREDENTIALS",
    "APIGW.0601, RETRY",
    "APIG.0101, FINAL"
  })
  void everyCodeHasItsClass(String code, ErrorClass errorClass) {
    assertThat(HuaweiDnsWriter.ERRORS.lists(code)).isTrue();
    assertThat(HuaweiDnsWriter.ERRORS.classOf(code)).isEqualTo(errorClass);
  }
}
