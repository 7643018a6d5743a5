package dev.polycert.vendor.alibaba.cas;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.provider.contract.Contract;
import dev.polycert.provider.contract.ContractProfile;
import dev.polycert.provider.contract.FaultSpec;
import dev.polycert.provider.contract.ProviderContractTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ContractProfile.class)
class CasContractTest extends ProviderContractTest {

  CasContractTest() {
    super(
        new Contract("alibaba-cas", "ApplyCertificate", "GetInstanceDetail", 403, "QuotaExceeded"));
  }

  @Override
  protected void reject(JsonNode entry) {
    caller()
        .control(
            "POST", "alibaba-cas/fail", "{\"domain\":\"" + entry.get("domain").asText() + "\"}");
  }

  @Override
  protected FaultSpec unknownStatus(String text) {
    return FaultSpec.edit(
        "alibaba-cas",
        "GetInstanceDetail",
        "\"Status\":\"pending\"",
        "\"Status\":\"" + text + "\"");
  }

  @Test
  void numbersAreNumbersOrTexts() {
    assertUnderstood("\"(CertificateId|NotAfter|NotBefore)\":(\\d+)", "\"$1\":\"$2\"");
  }
}
