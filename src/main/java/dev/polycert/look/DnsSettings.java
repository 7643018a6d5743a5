package dev.polycert.look;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Rejects DNS servers that could not be asked, before a look needs them: without a look at CAA
 * records and DNSSEC, orders would be spent on names that no CA may issue for.
 */
@ApplicationScoped
class DnsSettings {
  private final DnsConfig config;

  DnsSettings(DnsConfig config) {
    this.config = config;
  }

  void start(@Observes StartupEvent event) {
    ServerAddresses.require("polycert.dns.servers", config.servers().orElse(List.of()));
    ServerAddresses.require("polycert.dns.resolvers", config.resolvers().orElse(List.of()));
  }
}
