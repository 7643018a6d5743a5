package dev.polycert.whole.executable;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Test;

@QuarkusIntegrationTest
@WithTestResource(SandboxVendors.class)
class ApplyExecutableIT {

  @Test
  void applies() throws Exception {
    JsonNode answer =
        Executable.answer("{\"domains\":[\"bücher.example.com\"],\"providers\":[\"tencent-ssl\"]}");

    assertThat(answer.at("/entries/0/domain").textValue()).isEqualTo("xn--bcher-kva.example.com");
    assertThat(answer.at("/entries/0/state").textValue()).isEqualTo("PENDING_VALIDATION");
  }
}
