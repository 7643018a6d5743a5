package dev.polycert.vendor.alibaba.esa;

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
class EsaContractTest extends ProviderContractTest {

  EsaContractTest() {
    super(new Contract("alibaba-esa", "ApplyCertificate", "GetCertificate", 403, "QuotaExceeded"));
  }

  @Override
  protected void reject(JsonNode entry) {
    caller()
        .control(
            "POST", "alibaba-esa/fail", "{\"domain\":\"" + entry.get("domain").asText() + "\"}");
  }

  @Override
  protected FaultSpec unknownStatus(String text) {
    return FaultSpec.edit(
        "alibaba-esa", "GetCertificate", "\"Status\":\"Applying\"", "\"Status\":\"" + text + "\"");
  }

  @Test
  void idsAreTextsOrNumbers() {
    assertUnderstood("\"Id\":\"(\\d+)\"", "\"Id\":$1");
  }

  @Test
  void timesAreInEitherForm() {
    assertUnderstood("\"(\\d{4}-\\d\\d-\\d\\d) ([\\d:]{8})\"", "\"$1T$2Z\"");
  }

  @Test
  void noSecretIsToldWhenASiteIsNotVerified() {
    String site = domain().substring(domain().indexOf('.') + 1);
    caller().control("POST", "alibaba-esa/site", "{\"name\":\"" + site + "\",\"active\":false}");
    caller().fault(echoing("VerifySite"));

    JsonNode refused = caller().apply("alibaba-esa", domain(), Map.of("verifySite", "true"));

    assertThat(refused.at("/error/message").asText()).contains("***");
  }
}
