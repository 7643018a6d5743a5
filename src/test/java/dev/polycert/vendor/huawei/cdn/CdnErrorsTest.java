package dev.polycert.vendor.huawei.cdn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CdnErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "CDN.0004, CREDENTIALS",
    "CDN.0005, QUOTA",
    "CDN.0021, CREDENTIALS",
    "CDN.0105, FINAL",
    "CDN.0108, FINAL",
    "CDN.0116, FINAL",
    "APIGW.0308, THROTTLED"
  })
  void everyCodeHasItsClass(String code, ErrorClass errorClass) {
    assertThat(HuaweiCdnDeliverer.ERRORS.classOf(code)).isEqualTo(errorClass);
  }
}
