package dev.polycert.postgresql;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseSettingsTest {
  private static final Map<String, String> RIGHT =
      Map.of(
          "POLYCERT_POSTGRESQL_URL", "postgresql://db.example.invalid:5432/polycert",
          "POLYCERT_POSTGRESQL_USERNAME", "polycert",
          "POLYCERT_POSTGRESQL_PASSWORD", "a password");

  private static void start(String store, String rate, Map<String, String> environment) {
    PostgresqlConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(PostgresqlConfig.class)
            .withSources(new EnvConfigSource(environment, 300))
            .build()
            .getConfigMapping(PostgresqlConfig.class);
    new DatabaseSettings(config, store, rate).start(new StartupEvent());
  }

  @Test
  void aDatabaseThatMayBeDownDoesNotStopTheStart() {
    assertThatCode(() -> start("postgresql", "postgresql", RIGHT)).doesNotThrowAnyException();
    assertThatCode(() -> start("embedded", "local", Map.of())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "POLYCERT_POSTGRESQL_URL, '', POLYCERT_POSTGRESQL_URL is not set",
    "POLYCERT_POSTGRESQL_URL, jdbc:postgresql://db/x, POLYCERT_POSTGRESQL_URL must be like",
    "POLYCERT_POSTGRESQL_USERNAME, '', POLYCERT_POSTGRESQL_USERNAME is not set",
    "POLYCERT_POSTGRESQL_PASSWORD, '', POLYCERT_POSTGRESQL_PASSWORD is not set",
    "POLYCERT_POSTGRESQL_CA, /no/such.pem, 'polycert.postgresql.ca names /no/such.pem'"
  })
  void aSettingThatCannotWorkStopsTheStart(String variable, String value, String why) {
    Map<String, String> environment = new HashMap<>(RIGHT);
    environment.put(variable, value);

    assertThatThrownBy(() -> start("postgresql", "local", environment)).hasMessageContaining(why);
    assertThatThrownBy(() -> start("embedded", "postgresql", environment))
        .hasMessageContaining(why);
  }
}
