package dev.polycert.vendor.alibaba;

import dev.polycert.provider.contract.ErrorTableTest;
import java.util.Map;

class AlibabaErrorsTest extends ErrorTableTest {

  AlibabaErrorsTest() {
    super("alibaba-esa", Map.of("apply", AlibabaErrors.TABLE));
  }
}
