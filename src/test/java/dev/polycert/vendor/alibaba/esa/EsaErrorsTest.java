package dev.polycert.vendor.alibaba.esa;

import dev.polycert.provider.contract.ErrorTableTest;
import java.util.Map;

class EsaErrorsTest extends ErrorTableTest {

  EsaErrorsTest() {
    super("alibaba-esa", Map.of("apply", EsaClient.ERRORS));
  }
}
