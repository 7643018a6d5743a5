package dev.polycert;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What development and tests switch on is off where nobody says otherwise. */
class ProductionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "polycert.sandbox.enabled",
        "polycert.http.endpoint",
        "polycert.dns.servers",
        "polycert.validation.allow-private-addresses",
        "polycert.validation.http-port",
        "polycert.server.enabled",
        "TENCENTCLOUD_SECRET_KEY",
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
        "HUAWEICLOUD_SDK_SK"
      })
  void isSetInDevelopmentOnly(String setting) throws IOException {
    assertThat(config("dev").getOptionalValue(setting, String.class)).isPresent();
    assertThat(config("prod").getOptionalValue(setting, String.class)).isEmpty();
  }

  private static SmallRyeConfig config(String profile) throws IOException {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withProfile(profile)
        .withSources(
            new PropertiesConfigSource(ProductionTest.class.getResource("/application.properties")))
        .build();
  }
}
