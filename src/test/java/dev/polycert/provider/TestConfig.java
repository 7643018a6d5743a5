package dev.polycert.provider;

import dev.polycert.call.HttpConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** A configuration of nothing but the given properties, with the way to a vendor in it. */
public final class TestConfig {
  private TestConfig() {}

  public static SmallRyeConfig of(Map<String, String> properties, Class<?>... mappings) {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(HttpConfig.class)
            .withSources(new PropertiesConfigSource(properties, "test", 100));
    for (Class<?> mapping : mappings) {
      builder.withMapping(mapping);
    }
    return builder.build();
  }
}
