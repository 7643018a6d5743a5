package dev.polycert.vendor.aws.acmrequest;

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
class AcmContractTest extends ProviderContractTest {

  AcmContractTest() {
    super(
        new Contract(
            "aws-acm", "RequestCertificate", "DescribeCertificate", 400, "LimitExceededException"));
  }

  @Override
  protected void reject(JsonNode entry) {
    caller()
        .control("POST", "aws-acm/fail", "{\"domain\":\"" + entry.get("domain").asText() + "\"}");
  }

  @Override
  protected FaultSpec unknownStatus(String text) {
    return FaultSpec.edit(
        "aws-acm",
        "DescribeCertificate",
        "\"Status\":\"PENDING_VALIDATION\"",
        "\"Status\":\"" + text + "\"");
  }

  /** As ACM describes certificates; requests and lists have an underscore there. */
  @Test
  void algorithmsMayHaveAHyphen() {
    assertUnderstood("\"RSA_2048\"", "\"RSA-2048\"");
  }
}
