package dev.polycert.setting;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In development and tests, the sandbox reads variables too. */
@QuarkusTest
class OtherSettingsTest {
  @Inject @All List<OtherSettings> others;

  private List<String> warnings(String variable) {
    List<String> warnings = new ArrayList<>();
    UnknownSettings.report(
        Map.of(variable, "1"),
        KnownSettings.with(others.stream().flatMap(it -> it.variables().stream()).toList()),
        Set.of(),
        warnings::add);
    return warnings;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POLYCERT_SANDBOX_ENABLED",
        "POLYCERT_SANDBOX_PORT",
        "POLYCERT_SANDBOX_DNS_PORT",
        "POLYCERT_SANDBOX_LAMBDA_PORT",
        "POLYCERT_SANDBOX_ISSUE_DELAY",
        "POLYCERT_SANDBOX_LIMIT_FACTOR",
        "POLYCERT_SANDBOX_QUOTA__TENCENT_SSL_"
      })
  void whatTheSandboxReadsIsNotNamed(String variable) {
    assertThat(warnings(variable)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "POLYCERT_SANDBOX_PROT, POLYCERT_SANDBOX_PORT",
    "POLYCERT_SANDBOX_ISUE_DELAY, POLYCERT_SANDBOX_ISSUE_DELAY"
  })
  void aMisspeltOneIsNamed(String given, String meant) {
    assertThat(warnings(given))
        .containsExactly(given + " is set, but nothing reads it: did you mean " + meant + "?");
  }
}
