package dev.polycert.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.domain.DomainName;
import dev.polycert.domain.Issuer;
import dev.polycert.domain.Obstacle;
import dev.polycert.look.LookFixture.Dns;
import dev.polycert.look.LookFixture.Reach;
import dev.polycert.testing.Resources;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.xbill.DNS.Rcode;

/** A resolver on 127.0.0.1, the servers of example.com on .2 and .3. */
class CaaLookTest {
  private static final Issuer CA = Issuer.ofAcme(List.of("ca.example"), null, "dns-01");
  private static final String OTHER = "0 issue \"other.example\"";
  private static final String OURS = "0 issue \"ca.example\"";

  @RegisterExtension final Resources resources = new Resources();
  private FakeDnsServer resolver;
  private FakeDnsServer ns1;
  private FakeDnsServer ns2;

  @BeforeEach
  void start() throws IOException {
    List<FakeDnsServer> servers = FakeDnsServer.start("127.0.0.1", "127.0.0.2", "127.0.0.3");
    servers.forEach(resources::add);
    resolver =
        servers
            .get(0)
            .recursive()
            .zone("com")
            .zone("example.com")
            .add("example.com", "NS", "ns1.example.com.")
            .add("example.com", "NS", "ns2.example.com.")
            .add("ns1.example.com", "A", "127.0.0.2")
            .add("ns2.example.com", "A", "127.0.0.3");
    ns1 = servers.get(1).zone("example.com");
    ns2 = servers.get(2).zone("example.com");
  }

  private void everywhere(String name, String type, String data) {
    List.of(resolver, ns1, ns2).forEach(server -> server.add(name, type, data));
  }

  private Optional<Obstacle> look(String name) {
    return LookFixture.caaLook(
            Dns.resolver(resolver.address(), resolver.port()), new Reach(true, 80))
        .look(DomainName.parse(name), CA, LookFixture.soon());
  }

  @Test
  void climbsToTheTopWhereThereAreNone() {
    assertThat(look("*.www.example.com")).isEmpty();
    assertThat(resolver.asked())
        .containsExactly(
            "udp CAA www.example.com +rd", "udp CAA example.com +rd", "udp CAA com +rd");
  }

  @Test
  void namesTheRecordWhereItStandsAndWhatToAdd() {
    everywhere("example.com", "CAA", OTHER);

    assertThat(look("www.example.com"))
        .contains(
            Obstacle.lasting(
                "Dns.CaaForbids",
                "CAA example.com has 0 issue \"other.example\", which does not let this CA issue:"
                    + " add CAA example.com with value 0 issue \"ca.example\""));
  }

  @Test
  void theRecordNearestToTheNameCounts() {
    everywhere("example.com", "CAA", OTHER);
    everywhere("www.example.com", "CAA", OURS);

    assertThat(look("www.example.com")).isEmpty();
    assertThat(look("shop.example.com")).isPresent();
  }

  @Test
  void whereTheNameIsAnAliasTheRecordsOfItsTargetCount() {
    everywhere("example.com", "CAA", OURS);
    everywhere("www.example.com", "CNAME", "cdn.example.com.");
    everywhere("cdn.example.com", "CAA", OTHER);

    assertThat(look("www.example.com").orElseThrow().text())
        .startsWith("the CNAME of www.example.com leads to cdn.example.com: CAA cdn.example.com")
        .endsWith("add CAA cdn.example.com with value 0 issue \"ca.example\"");
  }

  @Test
  void aResolverThatRemembersWhatIsMendedDoesNotCount() {
    resolver.add("example.com", "CAA", OTHER);
    ns1.add("example.com", "CAA", OURS);
    ns2.add("example.com", "CAA", OURS);

    assertThat(look("www.example.com")).isEmpty();
  }

  @Test
  void serversThatLeadInACircleSayNothing() {
    resolver.add("www.example.com", "CAA", OTHER);
    for (FakeDnsServer server : List.of(ns1, ns2)) {
      server.add("www.example.com", "CNAME", "a.example.com.");
      server.add("a.example.com", "CNAME", "www.example.com.");
    }

    assertThat(look("www.example.com").orElseThrow().lasting()).isTrue();
  }

  @Test
  void serversThatDoNotAgreeYetAreWaitedFor() {
    resolver.add("example.com", "CAA", OTHER);
    ns1.add("example.com", "CAA", OTHER);
    ns2.add("example.com", "CAA", OURS);

    assertThat(look("example.com").orElseThrow().lasting()).isFalse();
  }

  @Test
  void whereTheServersCannotBeAskedTheResolverCounts() {
    resolver.add("example.com", "CAA", OTHER);
    ns1.failing(Rcode.REFUSED);
    ns2.failing(Rcode.REFUSED);

    assertThat(look("example.com").orElseThrow().lasting()).isTrue();
  }

  @Test
  void aServerThatKnowsNoRegistryIsNoObstacle() {
    resolver.failing("com", Rcode.REFUSED);

    assertThat(look("www.example.com")).isEmpty();
  }

  @Test
  void aFailureMayPassAndSaysWhy() {
    resolver.failing("www.example.com", Rcode.SERVFAIL);

    Obstacle obstacle = look("www.example.com").orElseThrow();

    assertThat(obstacle.lasting()).isFalse();
    assertThat(obstacle.code()).isEqualTo("Dns.Unreachable");
    assertThat(obstacle.text())
        .startsWith("the resolver answers SERVFAIL when asked for CAA www.example.com");
  }
}
