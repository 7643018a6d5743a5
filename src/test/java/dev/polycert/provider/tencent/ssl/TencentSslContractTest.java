package dev.polycert.provider.tencent.ssl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.provider.contract.Contract;
import dev.polycert.provider.contract.ContractProfile;
import dev.polycert.provider.contract.FaultSpec;
import dev.polycert.provider.contract.ProviderContractTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(ContractProfile.class)
class TencentSslContractTest extends ProviderContractTest {

  TencentSslContractTest() {
    super(
        new Contract(
            "tencent-ssl",
            "ApplyCertificate",
            "DescribeCertificate",
            200,
            "FailedOperation.ExceedsFreeLimit"));
  }

  @Override
  protected void reject(JsonNode entry) {
    String id = entry.at("/reference/certificateId").asText();
    caller()
        .control("POST", "tencent-ssl/status", "{\"certificateId\":\"" + id + "\",\"status\":2}");
  }

  @Override
  protected FaultSpec unknownStatus(String text) {
    return FaultSpec.edit(
        "tencent-ssl",
        "DescribeCertificate",
        "\"Status\":\\d+,\"StatusMsg\":[^,]*",
        "\"Status\":77,\"StatusMsg\":\"" + text + "\"");
  }
}
