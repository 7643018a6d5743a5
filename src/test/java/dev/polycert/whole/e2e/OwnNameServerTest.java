package dev.polycert.whole.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.dns.KnotServer;
import dev.polycert.testing.FollowingResolver;
import dev.polycert.testing.FreePorts;
import dev.polycert.testing.JsonTree;
import dev.polycert.testing.Pebble;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.RunningServers;
import dev.polycert.vault.TestVault;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Certificates of a real CA (Pebble) without the API of any DNS service: a real name server (Knot)
 * has a CNAME of the name and delegates a zone to Polycert, which answers for it itself.
 */
@RequiresPrograms({"pebble", "knotd"})
@QuarkusTest
@TestProfile(OwnNameServerTest.Answering.class)
class OwnNameServerTest {
  private static final String OURS = "acme.example.net";
  private static final List<String> NAMES = List.of("www.example.com", "*.www.example.com");

  @Test
  void aNameAndItsWildcardAreIssuedThroughOurOwnAnswers() {
    Servers.knot.add("example.net", OURS, "NS", "ns1.example.net.");
    JsonTree delegations =
        Api.post("/delegations", Map.of("domains", NAMES, "providers", List.of("acme")));
    assertThat(delegations.text("writer")).isEqualTo("nameserver");
    assertThat(delegations.text("obstacle")).isNull();
    Servers.knot.add(
        "example.com",
        "_acme-challenge.www.example.com",
        "CNAME",
        delegations.text("delegations[0].value") + ".");

    Api.post(
        "/apply", Map.of("domains", NAMES, "providers", List.of("acme"), "validation", "DNS_AUTO"));

    Api.sweepUntil(
        Duration.ofMinutes(1),
        () -> {
          assertThat(Api.orders())
              .hasSize(2)
              .allSatisfy(order -> assertThat(order).containsEntry("state", "ISSUED"));
        });
    assertThat(Api.orders())
        .flatExtracting(order -> (List<?>) order.get("publications"))
        .allSatisfy(
            record ->
                assertThat(record)
                    .hasFieldOrPropertyWithValue("writer", "nameserver")
                    .hasFieldOrPropertyWithValue("state", "REMOVED"));
  }

  /** With the servers of this test. */
  public static class Answering implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Servers.class));
    }
  }

  /** The CA, the name server, and the resolver that both sides ask. */
  public static class Servers extends RunningServers {
    static KnotServer knot;

    @Override
    public Map<String, String> start() {
      knot = add(KnotServer.start("example.com", "example.net"));
      int port = FreePorts.next();
      FollowingResolver resolver = add(new FollowingResolver(knot.port(), Map.of(OURS, port)));
      Pebble pebble = add(Pebble.start(resolver.address(), Duration.ofDays(90)));
      Map<String, String> settings = new HashMap<>(pebble.settings());
      settings.put("polycert.vault.key", TestVault.KEY);
      settings.put("polycert.dns.servers", resolver.address());
      settings.put("polycert.dns.delegation-zone", OURS);
      settings.put("polycert.dns-writer.\"nameserver\".zones", OURS);
      settings.put("polycert.name-server.listen", "127.0.0.1:" + port);
      settings.put("polycert.name-server.names", "ns1.example.net");
      return settings;
    }
  }
}
