package dev.polycert.vendor.tencent.edgeone;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.provider.contract.Contract;
import dev.polycert.provider.contract.ContractProfile;
import dev.polycert.provider.contract.FaultSpec;
import dev.polycert.provider.contract.ProviderContractTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;

@QuarkusTest
@TestProfile(ContractProfile.class)
class EdgeOneContractTest extends ProviderContractTest {

  EdgeOneContractTest() {
    super(
        new Contract(
            "tencent-edgeone",
            "ApplyFreeCertificate",
            "CheckFreeCertificateVerification",
            200,
            "LimitExceeded"));
  }

  @Override
  protected void reject(JsonNode entry) {
    // EdgeOne has no status: what is not validated in two days has failed.
    clock().advance(Duration.ofHours(49));
  }

  /** EdgeOne has no operation for it, so that no answer could repeat a key. */
  @Override
  protected boolean cancelsByCall() {
    return false;
  }

  @Override
  protected FaultSpec unknownStatus(String text) {
    return FaultSpec.code(
        "tencent-edgeone", "CheckFreeCertificateVerification", 200, "ResourceUnavailable." + text);
  }
}
