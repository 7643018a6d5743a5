package dev.polycert.dns;

import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.http.HttpConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** What the tests of all writers share. */
public final class WriterTesting {
  private WriterTesting() {}

  /** The configuration that writers are made from. */
  public static SmallRyeConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(HttpConfig.class)
        .withMapping(ProviderConfig.class)
        .withMapping(WriterConfig.class)
        .withSources(new PropertiesConfigSource(settings, "test", 100))
        .build();
  }

  public static DnsRecord txt(String name, String value) {
    return new DnsRecord(name, "TXT", value);
  }
}
