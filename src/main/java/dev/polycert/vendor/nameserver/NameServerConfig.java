package dev.polycert.vendor.nameserver;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/**
 * Our own name server. Its zones are those of the DNS writer {@code nameserver}; it is off without
 * an address.
 */
@ConfigMapping(prefix = "polycert.name-server")
public interface NameServerConfig {

  /** The address and port that it listens on, by UDP and TCP: {@code 192.0.2.1:53}. */
  Optional<String> listen();

  /**
   * The names that its zones are delegated to, such as {@code ns1.example.net}: names outside of
   * its zones that have the address of this machine.
   */
  Optional<List<String>> names();

  /**
   * Answers a second to one network (/24, /56), by UDP and by TCP each. By UDP a part of the others
   * is cut short; by TCP the connection ends.
   */
  @WithDefault("50")
  int answersPerSecond();
}
