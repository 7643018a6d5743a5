package dev.polycert.vendor.tencent.ssl;

import static org.assertj.core.api.Assertions.assertThat;

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

  @Test
  void noSecretIsToldWhenInformationIsRefused() {
    String id =
        caller()
            .control("POST", "tencent-ssl/paid", "{\"domain\":\"" + domain() + "\"}")
            .get("certificateId")
            .asText();
    caller().fault(echoing("SubmitCertificateInformation"));
    caller().fault(echoing("CommitCertificateInformation"));

    JsonNode first = caller().apply("tencent-ssl", domain(), Map.of("certificateId", id));
    JsonNode second = caller().check(first);
    JsonNode sent = caller().check(first);

    assertThat(first.at("/error/message").asText()).contains("***");
    assertThat(second.at("/error/message").asText()).contains("***");
    assertThat(sent.path("state").asText()).isEqualTo("PENDING_VALIDATION");
  }
}
