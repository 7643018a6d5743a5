package dev.polycert.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.provider.TestConfig;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

class ProcessRoleTest {
  private static final String API = "127.0.0.1:9001";
  private static final Map<String, String> ENABLED = Map.of("polycert.server.enabled", "true");

  @Test
  void lambdaMakesItAFunctionAndTheSettingMakesItAServer() {
    Config stood = config(Map.of("quarkus-internal.aws-lambda.test-api", API));

    assertThat(ProcessRole.of(config(Map.of()), Optional.of(API))).isEqualTo(ProcessRole.FUNCTION);
    assertThat(ProcessRole.of(config(ENABLED), Optional.of(API))).isEqualTo(ProcessRole.FUNCTION);
    assertThat(ProcessRole.of(stood, Optional.empty())).isEqualTo(ProcessRole.FUNCTION);
    assertThat(ProcessRole.of(config(ENABLED), Optional.empty())).isEqualTo(ProcessRole.SERVER);
  }

  @Test
  void aCommandIsNeither() {
    Map<String, String> command =
        Map.of("dev.polycert.command", "move", "polycert.server.enabled", "false");

    assertThat(ProcessRole.of(config(command), Optional.empty())).isEqualTo(ProcessRole.COMMAND);
  }

  @Test
  void withNeitherItDoesNotStart() {
    assertThatThrownBy(() -> ProcessRole.of(config(Map.of()), Optional.empty()))
        .hasMessageContaining("POLYCERT_SERVER_ENABLED=true")
        .hasMessageContaining("Lambda");
  }

  private static Config config(Map<String, String> settings) {
    return TestConfig.of(settings, ServerConfig.class);
  }
}
