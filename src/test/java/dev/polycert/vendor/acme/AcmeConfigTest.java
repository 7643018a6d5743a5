package dev.polycert.vendor.acme;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

    AcmeConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(AcmeConfig.class)
            .withSources(new EnvConfigSource(environment, 300))
            .build()
            .getConfigMapping(AcmeConfig.class);

    assertThat(config.ca()).containsOnlyKeys("zerossl", "staging");
    assertThat(config.defaultCa()).contains("staging");
    AcmeConfig.Ca zerossl = config.ca().get("zerossl");
    assertThat(zerossl.directory()).isEqualTo(URI.create("https://acme.example/directory"));
    assertThat(zerossl.eabKeyId()).contains("kid-1");
    assertThat(zerossl.eabHmac()).contains("fake");
    assertThat(zerossl.preferredChain()).contains("Some Root");
    assertThat(Authority.variable("zerossl", "eab-hmac")).isIn(environment.keySet());
  }
}
