package dev.polycert.look;

import dev.polycert.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rejects DNS servers that could not be asked, before a look needs them: without a look at CAA
 * records and DNSSEC, orders would be spent on names that no CA may issue for.
 */
@ApplicationScoped
class DnsSettings implements StartupCheck {
  private final DnsConfig config;

  DnsSettings(DnsConfig config) {
    this.config = config;
  }

  @Override
  public List<String> wrong() {
    return Stream.concat(
            ServerAddresses.wrong("polycert.dns.servers", config.servers().orElse(List.of())),
            ServerAddresses.wrong("polycert.dns.resolvers", config.resolvers().orElse(List.of())))
        .toList();
  }
}
