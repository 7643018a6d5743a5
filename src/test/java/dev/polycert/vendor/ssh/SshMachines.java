package dev.polycert.vendor.ssh;

import dev.polycert.call.HttpTesting;
import dev.polycert.testing.OpenSsh;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Makes deliverers for tests. */
public final class SshMachines {
  private SshMachines() {}

  /** Delivers to one machine, {@code web}, below a base. */
  public static SshDeliverer to(OpenSsh server, Path base, Map<String, String> more)
      throws IOException {
    Map<String, String> settings = new HashMap<>(machine("web", server));
    settings.put("polycert.deliver.ssh.host.web.base", base.toString());
    settings.putAll(more);
    return of(settings);
  }

  static Map<String, String> machine(String name, OpenSsh server) throws IOException {
    String prefix = "polycert.deliver.ssh.host." + name + ".";
    return Map.of(
        prefix + "address",
        "127.0.0.1",
        prefix + "port",
        String.valueOf(server.port()),
        prefix + "user",
        System.getProperty("user.name"),
        prefix + "host-keys",
        OpenSsh.fingerprint(server.hostKey()),
        prefix + "private-key",
        Files.readString(server.userKey()));
  }

  private static SshDeliverer of(Map<String, String> settings) {
    return new SshDeliverer(
        config(settings),
        HttpTesting.calls(
            HttpTesting.config(
                Map.of("polycert.http.backoff", "1ms", "polycert.http.attempts", "2")),
            Clock.systemUTC()),
        Clock.systemUTC(),
        new Random());
  }

  static SshConfig config(Map<String, String> settings) {
    return config(new PropertiesConfigSource(settings, "test", 100));
  }

  static SshConfig config(ConfigSource source) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withConverter(Duration.class, 200, new DurationConverter())
        .withMapping(SshConfig.class)
        .withSources(source)
        .build()
        .getConfigMapping(SshConfig.class);
  }
}
