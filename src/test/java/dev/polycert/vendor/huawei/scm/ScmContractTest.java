package dev.polycert.vendor.huawei.scm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.provider.contract.Contract;
import dev.polycert.provider.contract.ContractProfile;
import dev.polycert.provider.contract.FaultSpec;
import dev.polycert.provider.contract.ProviderContractTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ContractProfile.class)
class ScmContractTest extends ProviderContractTest {

  ScmContractTest() {
    super(new Contract("huawei-scm", "ApplyCertificate", "ShowCertificate", 400, "SCM.0011"));
  }

  @Override
  protected void reject(JsonNode entry) {
    caller()
        .control(
            "POST", "huawei-scm/fail", "{\"domain\":\"" + entry.get("domain").asText() + "\"}");
  }

  @Override
  protected FaultSpec unknownStatus(String text) {
    return FaultSpec.edit(
        "huawei-scm",
        "ShowCertificate",
        "\"status\":\"CHECKING\\w*\"",
        "\"status\":\"" + text + "\"");
  }

  @Test
  void timesAreInEitherForm() {
    assertUnderstood("\"(\\d{4}-\\d\\d-\\d\\d) ([\\d:]{8})(?:\\.\\d+)?\"", "\"$1T$2Z\"");
  }

  @Override
  protected Map<String, String> deployOptions() {
    return Map.of("service", "WAF", "project", "cn-north-4");
  }
}
