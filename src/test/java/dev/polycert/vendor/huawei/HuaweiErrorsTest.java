package dev.polycert.vendor.huawei;

import dev.polycert.provider.contract.ErrorTableTest;
import java.util.Map;

class HuaweiErrorsTest extends ErrorTableTest {

  HuaweiErrorsTest() {
    super("huawei-scm", Map.of("apply", HuaweiErrors.TABLE));
  }
}
