package dev.polycert;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What development and tests switch on is off in production unless the environment says so. */
class ProductionTest {
  private static final Path PRODUCT = Path.of("src/main/resources/application.properties");
  private static final Path SANDBOX =
      Path.of("src/sandbox/resources/META-INF/microprofile-config.properties");

  @ParameterizedTest
  @ValueSource(
      strings = {
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
    assertThat(config("dev", PRODUCT, SANDBOX).getOptionalValue(setting, String.class)).isPresent();
    assertThat(config("prod", PRODUCT).getOptionalValue(setting, String.class)).isEmpty();
  }

  private static SmallRyeConfig config(String profile, Path... files) throws IOException {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder().addDefaultInterceptors().withProfile(profile);
    for (Path file : files) {
      builder.withSources(new PropertiesConfigSource(file.toUri().toURL()));
    }
    return builder.build();
  }
}
