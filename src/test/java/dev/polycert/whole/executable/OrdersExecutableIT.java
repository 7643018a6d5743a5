package dev.polycert.whole.executable;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusIntegrationTest
@TestProfile(OrdersExecutableIT.OrdersFunction.class)
@WithTestResource(SandboxVendors.class)
class OrdersExecutableIT {

  /** Has the executable be another function than the default one. */
  public static final class OrdersFunction implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("quarkus.funqy.export", "orders");
    }
  }

  @Test
  void answersAnHttpRequest() throws Exception {
    String event = Files.readString(Path.of("src/test/resources/events/api-gateway-minimal.json"));

    JsonNode answer = Executable.answer(event);

    assertThat(answer.path("statusCode").intValue()).isEqualTo(404);
    assertThat(answer.path("body").textValue()).contains("There is no order");
  }
}
