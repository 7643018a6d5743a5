package dev.polycert.look;

import dev.polycert.domain.ServedLook;
import dev.polycert.domain.ValidationLook;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;

/** Makes real looks for tests, at a DNS server and a web port of their own. */
public final class TestLooks {
  private TestLooks() {}

  /** Looks at what is served on this machine, by the names of a DNS server. */
  public static ServedLook served(String dnsServer, Clock clock) {
    return LookFixture.servedLook(
        LookFixture.Dns.servers(dnsServer),
        new LookFixture.ServedReach(true, Duration.ofSeconds(5)),
        clock);
  }

  public static ValidationLook at(Vertx vertx, String dnsServer, int webPort) {
    DnsConfig dns = LookFixture.Dns.servers(dnsServer);
    ValidationConfig reach = new LookFixture.Reach(true, webPort);
    return new DefaultValidationLook(
        LookFixture.dnsLook(dns, reach),
        LookFixture.fileLook(dns, reach, new PublicAddresses(reach), new HttpFetch(vertx)),
        LookFixture.dnssecLook(dns, reach, LookFixture.CLOCK),
        LookFixture.caaLook(dns, reach),
        dns,
        LookFixture.CLOCK);
  }
}
