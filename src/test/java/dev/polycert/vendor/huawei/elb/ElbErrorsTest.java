package dev.polycert.vendor.huawei.elb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElbErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "ELB.1011, FINAL",
    "ELB.5020, FINAL",
    "ELB.5033, RETRY",
    "ELB.8904, FINAL",
    "ELB.8907, FINAL",
    "APIGW.0308, THROTTLED",
    "APIGW.0301, CREDENTIALS"
  })
  void everyCodeHasItsClass(String code, ErrorClass errorClass) {
    assertThat(HuaweiElbDeliverer.ERRORS.classOf(code)).isEqualTo(errorClass);
  }
}
