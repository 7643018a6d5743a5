package dev.polycert.incident;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
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

  /** However a library writes what it was sent. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "fake/secret+value\"=1",
        "fake\\/secret+value\\\"=1",
        "fake/secret+value\\\"=1",
        "fake\\u002fsecret\\u002bvalue\\u0022\\u003d1",
        "fake\\u002Fsecret\\u002Bvalue\\u0022\\u003D1",
        "fake%2Fsecret%2Bvalue%22%3D1",
        "fake%2fsecret%2bvalue%22%3d1",
        "66616b652f7365637265742b76616c7565223d31",
        "66616B652F7365637265742B76616C7565223D31"
      })
  void everyFormOfASecretIsTakenOut(String written) {
    Redaction redaction = LoggedIncidents.redaction(Map.of("a.secret", "fake/secret+value\"=1"));

    assertThat(redaction.clean("sent " + written + " twice")).isEqualTo("sent *** twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "u", "us", "user:", "user:x", "user:xy"})
  void base64OfMoreThanTheSecretIsTakenOut(String before) {
    Redaction redaction = LoggedIncidents.redaction(Map.of("a.secret", "fake/secret?value>>1"));
    byte[] sent = (before + "fake/secret?value>>1" + " and more").getBytes(UTF_8);

    String basic = redaction.clean(Base64.getEncoder().encodeToString(sent));
    String url = redaction.clean(Base64.getUrlEncoder().encodeToString(sent));

    assertThat(basic).contains("***").hasSizeLessThan(30);
    assertThat(url).contains("***").hasSizeLessThan(30);
  }

  @Test
  void aSecretInsideOfALongerOneLeavesNoRest() {
    Redaction redaction =
        LoggedIncidents.redaction(
            Map.of("a.secret", "fake-secret", "b.secret", "fake-secret-and-more"));

    assertThat(redaction.clean("fake-secret-and-more")).isEqualTo("***");
  }

  /** Were nothing taken out, the tests of what is logged would see it. */
  @Test
  void withoutItTheSecretIsLogged() {
    Incidents unredacted = new Incidents(() -> 42L, LoggedIncidents.redaction(Map.of()));
    try (LoggedIncidents log = new LoggedIncidents()) {
      unredacted.log(new IllegalStateException(LoggedIncidents.SECRET));
      LoggedIncidents.incidents().log(new IllegalStateException(LoggedIncidents.SECRET));

      assertThat(log.logged().get(0)).contains(LoggedIncidents.SECRET);
      assertThat(log.logged().get(1)).contains("***").doesNotContain(LoggedIncidents.SECRET);
    }
  }

  @Test
  void otherValuesStay() {
    Redaction redaction = LoggedIncidents.redaction(Map.of("polycert.server.host", "localhost"));

    assertThat(redaction.clean("at localhost")).isEqualTo("at localhost");
  }
}
