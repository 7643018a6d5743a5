package dev.polycert.dns;

import dev.polycert.call.HttpConfig;
import dev.polycert.provider.ProviderConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        .withMapping(DelegationConfig.class)
        .withSources(new PropertiesConfigSource(settings, "test", 100))
        .build();
  }

  /**
   * Chooses among zones of one name.
   *
   * @param delegated the name servers that the DNS has for every zone
   */
  public static HostedZones hosted(SmallRyeConfig config, List<String> delegated) {
    return new HostedZones(
        config.getConfigMapping(WriterConfig.class),
        (zone, deadline) -> Uni.createFrom().item(Optional.of(List.copyOf(delegated))));
  }

  public static DnsRecord txt(String name, String value) {
    return new DnsRecord(name, "TXT", value);
  }

  /** A text out of the resources, {@code cloudflare/ListZones.json}. */
  public static String resource(String name) {
    try (InputStream in = WriterTesting.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
