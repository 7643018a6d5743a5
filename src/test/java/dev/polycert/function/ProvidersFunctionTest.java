package dev.polycert.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class ProvidersFunctionTest {

  @Test
  void everyProviderSaysWhatARequestCanAskOfItAndWhatItLacks() {
    JsonNode providers = get("/providers").path("providers");

    assertThat(providers.findValuesAsText("id"))
        .containsExactly("alibaba-esa", "huawei-scm", "tencent-ssl");
    assertThat(providers.get(0).path("configured").asBoolean()).isTrue();
    assertThat(providers.get(1).path("configured").asBoolean()).isFalse();
    assertThat(providers.get(1).path("missing").get(0).asText()).isEqualTo("HUAWEICLOUD_SDK_AK");
    assertThat(providers.get(2).path("validations").toString()).isEqualTo("[\"DNS\",\"FILE\"]");
  }

  private static JsonNode get(String path) {
    return Doors.body(
        Doors.providers().providers(Doors.http("GET", path, "")).await().indefinitely());
  }
}
