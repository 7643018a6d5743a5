package dev.polycert.look;

import dev.polycert.domain.ValidationLook;
import io.vertx.core.Vertx;

/** Makes real looks for tests, at a DNS server and a web port of their own. */
public final class TestLooks {
  private TestLooks() {}

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
