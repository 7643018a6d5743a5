package dev.polycert.vendor.exec;

import dev.polycert.call.HttpConfig;
import dev.polycert.call.HttpTesting;
import dev.polycert.dns.WriterConfig;
import dev.polycert.dns.WriterSteps;
import dev.polycert.provider.ProviderConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Makes writers for tests, with real programs. */
final class ExecWriters {
  private ExecWriters() {}

  /** One that runs a program with these variables and settings. */
  static ExecWriter of(Path program, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    all.put("polycert.exec.program", program.toString());
    all.putAll(settings);
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(HttpConfig.class)
            .withMapping(ProviderConfig.class)
            .withMapping(WriterConfig.class)
            .withMapping(ExecConfig.class)
            .withSources(new PropertiesConfigSource(all, "test", 100))
            .build();
    return new ExecWriter(
        config.getConfigMapping(ExecConfig.class),
        config.getConfigMapping(WriterConfig.class),
        config,
        HttpTesting.calls(config, Clock.systemUTC()),
        Clock.systemUTC());
  }

  /** Drives one that runs an adapter of {@code deploy/dns}. */
  static WriterSteps adapter(String name, Map<String, String> variables) {
    Map<String, String> settings = new HashMap<>(variables);
    settings.put("polycert.exec.environment", String.join(",", variables.keySet()));
    settings.put("polycert.exec.record-types", "TXT,CNAME");
    return new WriterSteps(
        of(Path.of("deploy/dns", name).toAbsolutePath(), settings), "example.com");
  }
}
