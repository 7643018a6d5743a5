package dev.polycert.vendor.huawei.scm;

import dev.polycert.provider.contract.ErrorTableTest;
import java.util.Map;

class ScmErrorsTest extends ErrorTableTest {

  ScmErrorsTest() {
    super("huawei-scm", Map.of("apply", ScmClient.ERRORS));
  }
}
