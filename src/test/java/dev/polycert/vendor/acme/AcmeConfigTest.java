package dev.polycert.vendor.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcmeConfigTest {

  @Test
  void casAreConfiguredByTheEnvironmentAlone() {
    Map<String, String> environment =
        Map.of(
            "POLYCERT_ACME_CA_ZEROSSL_DIRECTORY", "https://acme.example/directory",
            "POLYCERT_ACME_CA_ZEROSSL_EAB_KEY_ID", "kid-1",
            "POLYCERT_ACME_CA_ZEROSSL_EAB_HMAC", "fake",
            "POLYCERT_ACME_CA_ZEROSSL_PREFERRED_CHAIN", "Some Root",
            "POLYCERT_ACME_CA_STAGING_DIRECTORY", "https://staging.example/directory",
            "POLYCERT_ACME_DEFAULT_CA", "staging");

    AcmeConfig config = config(environment);

    assertThat(config.ca()).containsOnlyKeys("zerossl", "staging");
    assertThat(config.defaultCa()).contains("staging");
    AcmeConfig.Ca zerossl = config.ca().get("zerossl");
    assertThat(zerossl.directory()).isEqualTo(URI.create("https://acme.example/directory"));
    assertThat(zerossl.eabKeyId()).contains("kid-1");
    assertThat(zerossl.eabHmac()).contains("fake");
    assertThat(zerossl.preferredChain()).contains("Some Root");
    assertThat(Authority.variable("zerossl", "eab-hmac")).isIn(environment.keySet());
  }

  @ParameterizedTest
  @CsvSource({
    "POLYCERT_ACME_DEFAULT_CA, nope, there is no CA 'nope'; there are: le",
    "POLYCERT_ACME_CA_LE_CONTACT, nope, is no e-mail address",
    "POLYCERT_ACME_CA_LE_CONTACT, mailto:pki@example.com, is no e-mail address",
    "POLYCERT_ACME_CA_LE_DIRECTORY, acme.example.com, 'must be the https address'",
    "POLYCERT_ACME_CA_LE_DIRECTORY, ftp://acme.example.com/, 'must be the https address'"
  })
  void aSettingThatCannotBeUsedIsNamedAtTheStart(String variable, String value, String says) {
    AcmeConfig config = config(with(variable, value));

    assertThat(AcmeSettings.check(config, warning -> {}))
        .singleElement(STRING)
        .contains(variable, says);
  }

  @Test
  void aHalfConfiguredCaIsNamedAtTheStart() {
    List<String> warnings = new ArrayList<>();

    AcmeSettings.check(
        config(
            Map.of(
                "POLYCERT_ACME_CA_LE_DIRECTORY", "https://le.example",
                "POLYCERT_ACME_CA_LE_CONTACT", "pki@example.com",
                "POLYCERT_ACME_CA_LE_EAB_KEY_ID", "kid-1")),
        warnings::add);

    assertThat(warnings)
        .containsExactly(
            "set POLYCERT_ACME_CA_LE_EAB_HMAC in the environment, so that the CA le can be applied"
                + " at");
  }

  @Test
  void allWrongSettingsOfAllCasAreNamedAtOnce() {
    AcmeConfig config =
        config(
            Map.of(
                "POLYCERT_ACME_DEFAULT_CA", "nope",
                "POLYCERT_ACME_CA_A_DIRECTORY", "https://a.example/",
                "POLYCERT_ACME_CA_A_EAB_KEY_ID", "kid-1",
                "POLYCERT_ACME_CA_A_EAB_HMAC", "not base64url: ?",
                "POLYCERT_ACME_CA_A_TRUST", "/no/such.pem",
                "POLYCERT_ACME_CA_B_DIRECTORY", "b"));

    assertThat(AcmeSettings.check(config, warning -> {}))
        .hasSize(4)
        .anyMatch(text -> text.startsWith("POLYCERT_ACME_DEFAULT_CA"))
        .anyMatch(text -> text.startsWith("POLYCERT_ACME_CA_A_EAB_HMAC"))
        .anyMatch(text -> text.startsWith("/no/such.pem"))
        .anyMatch(text -> text.startsWith("POLYCERT_ACME_CA_B_DIRECTORY"))
        .noneMatch(text -> text.contains("not base64url: ?"));
  }

  private static Map<String, String> with(String variable, String value) {
    Map<String, String> environment = new HashMap<>();
    environment.put("POLYCERT_ACME_CA_LE_DIRECTORY", "https://le");
    environment.put(variable, value);
    return environment;
  }

  private static AcmeConfig config(Map<String, String> environment) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(AcmeConfig.class)
        .withSources(new EnvConfigSource(environment, 300))
        .build()
        .getConfigMapping(AcmeConfig.class);
  }
}
