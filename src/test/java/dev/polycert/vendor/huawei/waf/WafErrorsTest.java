package dev.polycert.vendor.huawei.waf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WafErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "WAF.00011016, ALREADY_APPLIED",
    "WAF.00011019, FINAL",
    "WAF.00011021, FINAL",
    "WAF.00014020, FINAL",
    "APIGW.0301, CREDENTIALS",
    "APIGW.0601, RETRY"
  })
  void everyCodeHasItsClass(String code, ErrorClass errorClass) {
    assertThat(WafClient.ERRORS.classOf(code)).isEqualTo(errorClass);
  }
}
