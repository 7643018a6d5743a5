package dev.polycert.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TENCENTCLOUD_SECRET_KEY",
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
        "ALIBABA_CLOUD_SECURITY_TOKEN",
        "HUAWEICLOUD_SDK_SK",
        "polycert.server.api-key"
      })
  void valuesOfSecretSettingsAreTakenOut(String name) {
    Redaction redaction = LoggedIncidents.redaction(Map.of(name, "fake-secret-value"));

    assertThat(redaction.clean("sent fake-secret-value twice: fake-secret-value"))
        .isEqualTo("sent *** twice: ***");
  }

  @Test
  void aSecretInsideOfALongerOneLeavesNoRest() {
    Redaction redaction =
        LoggedIncidents.redaction(
            Map.of("a.secret", "fake-secret", "b.secret", "fake-secret-and-more"));

    assertThat(redaction.clean("fake-secret-and-more")).isEqualTo("***");
  }

  @Test
  void otherValuesStay() {
    Redaction redaction = LoggedIncidents.redaction(Map.of("polycert.server.host", "localhost"));

    assertThat(redaction.clean("at localhost")).isEqualTo("at localhost");
  }
}
