package dev.polycert.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
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

  private static List<String> wrong(String store, String rate, Map<String, String> environment) {
    PostgresqlConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(PostgresqlConfig.class)
            .withSources(new EnvConfigSource(environment, 300))
            .build()
            .getConfigMapping(PostgresqlConfig.class);
    return new DatabaseSettings(config, store, rate).wrong();
  }

  @Test
  void aDatabaseThatMayBeDownDoesNotStopTheStart() {
    assertThat(wrong("postgresql", "postgresql", RIGHT)).isEmpty();
    assertThat(wrong("embedded", "local", Map.of())).isEmpty();
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

    assertThat(wrong("postgresql", "local", environment)).singleElement(STRING).contains(why);
    assertThat(wrong("embedded", "postgresql", environment)).singleElement(STRING).contains(why);
  }

  @Test
  void allMistakesAreNamedAtOnce() {
    Map<String, String> environment =
        Map.of("POLYCERT_POSTGRESQL_URL", "db", "POLYCERT_POSTGRESQL_CA", "/no/such.pem");

    assertThat(wrong("postgresql", "postgresql", environment)).hasSize(4);
  }
}
