package dev.polycert.vendor.aws.acmrequest;

import dev.polycert.provider.contract.ErrorTableTest;
import dev.polycert.vendor.aws.Acm;
import java.util.Map;

class AcmErrorsTest extends ErrorTableTest {

  AcmErrorsTest() {
    super("aws-acm", Map.of("apply", Acm.errors()));
  }
}
