package dev.polycert.vendor.tencent.edgeone;

import dev.polycert.provider.contract.ErrorTableTest;
import java.util.Map;

class EdgeOneErrorsTest extends ErrorTableTest {

  EdgeOneErrorsTest() {
    super(
        "tencent-edgeone",
        Map.of("apply", EdgeOneErrors.table(), "check", EdgeOneErrors.ofCheck()));
  }
}
