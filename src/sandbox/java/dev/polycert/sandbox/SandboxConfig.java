package dev.polycert.sandbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sandbox. The control API can change all but the switch and the ports. */
@ConfigMapping(prefix = "polycert.sandbox")
public interface SandboxConfig {

  /** Starts the sandbox with the process. */
  @WithDefault("true")
  boolean enabled();

  /** The port of the vendors' APIs and of the control API on 127.0.0.1; 0 for any free one. */
  @WithDefault("8089")
  int port();

  /** The port of the DNS server on 127.0.0.1, UDP and TCP; 0 for any free one. */
  @WithDefault("8053")
  int dnsPort();

  /** The port of the web server for published files on 127.0.0.1; 0 for any free one. */
  @WithDefault("8088")
  int webPort();

  /** How long every answer of a vendor is delayed. */
  @WithDefault("0ms")
  Duration latency();

  /** Whether calls above the documented rates are refused as throttled. */
  @WithDefault("true")
  boolean limits();

  /** Multiplies every documented rate. */
  @WithDefault("1.0")
  double limitFactor();

  /** Free certificates by provider id, and further limits such as tencent-ssl/main-domain. */
  @WithDefault("1000")
  Map<String, Integer> quota();

  /** The registrable domains that the emulated accounts own; every domain when not given. */
  Optional<List<String>> domains();

  /** How long the emulated CAs take from validation to the certificate. */
  @WithDefault("0ms")
  Duration issueDelay();
}
