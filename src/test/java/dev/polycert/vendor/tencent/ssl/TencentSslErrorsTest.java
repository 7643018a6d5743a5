package dev.polycert.vendor.tencent.ssl;

import dev.polycert.provider.contract.ErrorTableTest;
import java.util.Map;

class TencentSslErrorsTest extends ErrorTableTest {

  TencentSslErrorsTest() {
    super("tencent-ssl", Map.of("apply", TencentSslErrors.table()));
  }
}
