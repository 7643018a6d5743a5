package dev.polycert.vendor.alibaba.cas;

import dev.polycert.provider.contract.ErrorTableTest;
import java.util.Map;

class CasErrorsTest extends ErrorTableTest {

  CasErrorsTest() {
    super("alibaba-cas", Map.of("apply", Cas.ERRORS));
  }
}
