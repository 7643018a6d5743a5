package dev.polycert.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.look.ServedLookConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two packages read the settings below one prefix. */
class ServedConfigTest {

  @Test
  void hostsToWatchAreReadFromOneVariable() {
    SmallRyeConfig config =
        config(
            Map.of(
                "polycert.served.watch", "www.example.com, [2001:db8::7]:8443",
                "polycert.served.allow-private-addresses", "true"));

    assertThat(config.getConfigMapping(ServedConfig.class).watch().orElseThrow())
        .extracting(Object::toString)
        .containsExactly("www.example.com:443", "[2001:db8::7]:8443");
    assertThat(config.getConfigMapping(ServedLookConfig.class).allowPrivateAddresses()).isTrue();
    assertThat(config.getConfigMapping(ServedConfig.class).every()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void nothingIsWatchedByDefault() {
    assertThat(config(Map.of()).getConfigMapping(ServedConfig.class).watch()).isEmpty();
  }

  @Test
  void aWrongHostIsReportedAtTheStart() {
    assertThatThrownBy(() -> config(Map.of("polycert.served.watch", "*.example.com")))
        .hasStackTraceContaining("is a wildcard, which is no host");
  }

  private static SmallRyeConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withConverter(Duration.class, 200, new DurationConverter())
        .withMapping(ServedConfig.class)
        .withMapping(ServedLookConfig.class)
        .withSources(new PropertiesConfigSource(settings, "test", 100))
        .build();
  }
}
