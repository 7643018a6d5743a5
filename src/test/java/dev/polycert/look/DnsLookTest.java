package dev.polycert.look;

import static dev.polycert.domain.Finding.Status.ABSENT;
import static dev.polycert.domain.Finding.Status.DIFFERENT;
import static dev.polycert.domain.Finding.Status.PARTIAL;
import static dev.polycert.domain.Finding.Status.PRESENT;
import static dev.polycert.domain.Finding.Status.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.domain.Aliases.Alias;
import dev.polycert.domain.Finding;
import dev.polycert.look.LookFixture.Dns;
import dev.polycert.look.LookFixture.Reach;
import dev.polycert.testing.Resources;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.xbill.DNS.Rcode;

/** A resolver on 127.0.0.1, the servers of example.com on .2 and .3, that of target.net on .4. */
class DnsLookTest {
  private static final String NAME = "_dnsauth.www.example.com";
  private static final String NS1 = "ns1.example.com (127.0.0.2)";
  private static final String NS2 = "ns2.example.com (127.0.0.3)";
  private static final String NS3 = "ns.target.net (127.0.0.4)";

  @RegisterExtension final Resources resources = new Resources();
  private FakeDnsServer resolver;
  private FakeDnsServer ns1;
  private FakeDnsServer ns2;
  private FakeDnsServer ns3;

  @BeforeEach
  void start() throws IOException {
    List<FakeDnsServer> servers =
        FakeDnsServer.start("127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4");
    servers.forEach(resources::add);
    resolver = servers.get(0).recursive();
    ns1 = servers.get(1).zone("example.com");
    ns2 = servers.get(2).zone("example.com");
    ns3 = servers.get(3).zone("target.net");
    resolver
        .zone("example.com")
        .zone("target.net")
        .add("example.com", "NS", "ns1.example.com.")
        .add("example.com", "NS", "ns2.example.com.")
        .add("target.net", "NS", "ns.target.net.")
        .add("ns1.example.com", "A", "127.0.0.2")
        .add("ns2.example.com", "A", "127.0.0.3")
        .add("ns.target.net", "A", "127.0.0.4");
  }

  @Test
  void findsTheRecordAtEveryServerOfTheZone() {
    both(NAME, "TXT", "\"202611 token\"");

    Finding finding = look("TXT", "202611 token");

    assertThat(finding)
        .isEqualTo(
            new Finding(
                "TXT " + NAME,
                PRESENT,
                List.of(seen(NS1, "202611 token"), seen(NS2, "202611 token")),
                null));
    assertThat(ns1.asked()).containsExactly("udp TXT " + NAME);
    assertThat(resolver.asked()).contains("udp SOA " + NAME + " +rd", "udp NS example.com +rd");
  }

  @Test
  void joinsTheStringsOfOneRecordAndTakesOneOfSeveral() {
    both(NAME, "TXT", "\"v=spf1 -all\"");
    both(NAME, "TXT", "\"first \" \"second\"");

    assertThat(look("TXT", "first second").status()).isEqualTo(PRESENT);
  }

  @Test
  void asksOverTcpWhenTheAnswerIsTruncated() {
    both(NAME, "TXT", "token");
    ns1.truncating();
    ns2.truncating();

    assertThat(look("TXT", "token").status()).isEqualTo(PRESENT);
    assertThat(ns1.asked()).containsExactly("udp TXT " + NAME, "tcp TXT " + NAME);
  }

  @Test
  void saysWhatToAddWhenThereIsNothing() {
    Finding finding = look("TXT", "token");

    assertThat(finding.status()).isEqualTo(ABSENT);
    assertThat(finding.seen()).containsExactly(seen(NS1), seen(NS2));
    assertThat(finding.missing())
        .isEqualTo(
            "add TXT " + NAME + " with value token; " + NS1 + ", " + NS2 + " answer with nothing");
  }

  @Test
  void recognisesTheZoneAppendedTwice() {
    both(NAME + ".example.com", "TXT", "token");

    Finding finding = look("TXT", "token");

    assertThat(finding.status()).isEqualTo(ABSENT);
    assertThat(finding.missing())
        .isEqualTo(
            "move the TXT record from %s.example.com to %s: the DNS console appends the zone to the"
                    .formatted(NAME, NAME)
                + " name by itself");
  }

  @Test
  void tellsServersThatDoNotHaveItYet() {
    ns1.add(NAME, "TXT", "token");

    Finding finding = look("TXT", "token");

    assertThat(finding.status()).isEqualTo(PARTIAL);
    assertThat(finding.seen()).containsExactly(seen(NS1, "token"), seen(NS2));
    assertThat(finding.missing())
        .isEqualTo(
            "wait until every server has TXT "
                + NAME
                + " with value token; "
                + NS2
                + " answers without it");
  }

  @Test
  void showsAnotherValue() {
    both(NAME, "TXT", "Token");

    Finding finding = look("TXT", "token");

    assertThat(finding.status()).isEqualTo(DIFFERENT);
    assertThat(finding.missing())
        .isEqualTo("add TXT " + NAME + " with value token; " + NS1 + " only has Token");
  }

  @Test
  void comparesTargetsAsNames() {
    both(NAME, "CNAME", "Verify.Target.NET.");

    assertThat(look("CNAME", "verify.target.net").status()).isEqualTo(PRESENT);
    assertThat(look("CNAME", "verify.target.net.").status()).isEqualTo(PRESENT);

    Finding other = look("CNAME", "other.target.net");
    assertThat(other.status()).isEqualTo(DIFFERENT);
    assertThat(other.missing())
        .isEqualTo("change CNAME " + NAME + " to other.target.net; it points to Verify.Target.NET");
  }

  @Test
  void followsAliasesIntoOtherZones() {
    both(NAME, "CNAME", "a.example.com.");
    both("a.example.com", "CNAME", "b.target.net.");
    ns3.add("b.target.net", "TXT", "token");

    Finding finding = look("TXT", "token");

    assertThat(finding.status()).isEqualTo(PRESENT);
    assertThat(finding.seen())
        .containsExactly(
            seen(NS1, NAME + " -> a.example.com"),
            seen(NS2, NAME + " -> a.example.com"),
            seen(NS1, NAME + " -> a.example.com -> b.target.net"),
            seen(NS2, NAME + " -> a.example.com -> b.target.net"),
            seen(NS3, NAME + " -> a.example.com -> b.target.net -> token"));
  }

  @Test
  void saysWhereAnAliasEndsInNothing() {
    both(NAME, "CNAME", "b.target.net.");

    Finding finding = look("TXT", "token");

    assertThat(finding.status()).isEqualTo(ABSENT);
    assertThat(finding.seen()).contains(seen(NS3, NAME + " -> b.target.net -> (nothing)"));
    assertThat(finding.missing())
        .isEqualTo(
            "add TXT %s with value token (or at b.target.net, its CNAME's target); %s answers with"
                    .formatted(NAME, NS3)
                + " nothing");
  }

  @Test
  void explainsALoop() {
    both(NAME, "CNAME", "a.example.com.");
    both("a.example.com", "CNAME", NAME + ".");

    Finding finding = look("TXT", "token");

    assertThat(finding.status()).isEqualTo(DIFFERENT);
    assertThat(finding.missing())
        .isEqualTo(
            "add TXT %s with value token in place of a loop of CNAMEs: %s -> a.example.com -> %s"
                .formatted(NAME, NAME, NAME));
  }

  @Test
  void followsEightAliases() {
    chain(8);
    both("c8.example.com", "TXT", "token");

    assertThat(look("TXT", "token").status()).isEqualTo(PRESENT);
  }

  @Test
  void doesNotFollowNineAliases() {
    chain(9);
    both("c9.example.com", "TXT", "token");

    Finding finding = look("TXT", "token");

    assertThat(finding.status()).isEqualTo(DIFFERENT);
    assertThat(finding.missing())
        .contains("in place of too long a chain of CNAMEs: " + NAME + " -> c1.example.com -> ");
  }

  @Test
  void doesNotCountServersThatCannotSay() {
    both(NAME, "TXT", "token");
    ns2.failing(Rcode.SERVFAIL);

    Finding finding = look("TXT", "token");

    assertThat(finding.status()).isEqualTo(PRESENT);
    assertThat(finding.seen())
        .containsExactly(seen(NS1, "token"), new Finding.Seen(NS2, List.of(), "answers SERVFAIL"));
  }

  @Test
  void doesNotBelieveServersWithoutAuthority() {
    both(NAME, "TXT", "token");
    ns1.recursive();
    ns2.silent();

    Finding finding = look("TXT", "token");

    assertThat(finding.status()).isEqualTo(UNREACHABLE);
    assertThat(finding.seen())
        .extracting(Finding.Seen::error)
        .containsExactly(
            "does not serve the zone, although the zone names it (lame)",
            "does not answer in time");
    assertThat(finding.missing())
        .isEqualTo(
            "look at the name servers: "
                + NS1
                + " does not serve the zone, although the zone names it (lame)"
                + OtherView.HINT);
  }

  @Test
  void explainsAResolverThatCannotSay() {
    resolver.failing(Rcode.REFUSED);

    Finding finding = look("TXT", "token");

    assertThat(finding.status()).isEqualTo(UNREACHABLE);
    assertThat(finding.missing())
        .isEqualTo(
            "look at the name servers: the resolver answers REFUSED when asked for the zone of "
                + NAME
                + OtherView.HINT);
  }

  @Test
  void findsTheZoneOfAnAliasedNameInItsOwnTree() {
    resolver.add(NAME, "CNAME", "b.target.net.");
    both(NAME, "CNAME", "b.target.net.");
    ns3.add("b.target.net", "TXT", "token");

    Finding finding = look("TXT", "token");

    assertThat(finding.status()).isEqualTo(PRESENT);
    assertThat(ns1.asked()).contains("udp TXT " + NAME);
  }

  @Test
  void findsTheChildZoneOfANameThatIsAnAliasIntoTheParent() {
    child();
    // The resolver's answer for an alias holds the SOA of the target's zone.
    resolver.add("_dnsauth.sub.example.com", "CNAME", "v.example.com.");
    resolver.negative("_dnsauth.sub.example.com", "example.com");
    ns3.add("_dnsauth.sub.example.com", "CNAME", "v.example.com.");
    both("v.example.com", "TXT", "token");

    assertThat(alias("_dnsauth.sub.example.com"))
        .isEqualTo(new Alias.Target("v.example.com", "sub.example.com"));
    assertThat(
            LookFixture.dnsLook(dns(), reach(true))
                .look("_dnsauth.sub.example.com", "TXT", "token", LookFixture.soon())
                .status())
        .isEqualTo(PRESENT);
  }

  @Test
  void goesOnToTheParentOfANameThatTheResolverFailsFor() {
    resolver.failing(NAME, Rcode.SERVFAIL).failing("www.example.com", Rcode.NOTIMP);

    assertThat(alias(NAME)).isEqualTo(new Alias.None("example.com"));
  }

  @Test
  void goesDownToTheZoneThatTheParentsServersNameInPlaceOfAnAnswer() {
    child();
    resolver.failing("_dnsauth.sub.example.com", Rcode.SERVFAIL);
    resolver.failing("sub.example.com", Rcode.SERVFAIL);
    ns1.delegates("sub.example.com", "ns.target.net.");
    ns2.delegates("sub.example.com", "ns.target.net.");

    assertThat(alias("_dnsauth.sub.example.com"))
        .isInstanceOfSatisfying(
            Alias.Unclear.class,
            unclear -> {
              assertThat(unclear.why()).contains("delegates sub.example.com to ns.target.net");
              assertThat(unclear.zone()).isEqualTo("sub.example.com");
            });

    resolver.working("sub.example.com", "NS");
    assertThat(alias("_dnsauth.sub.example.com")).isEqualTo(new Alias.None("sub.example.com"));
  }

  @Test
  void findsTheZoneThatAServerWhichIsNoResolverDelegates() {
    ns1.delegates("sub.example.com", "ns.target.net.");
    DnsLook look = LookFixture.dnsLook(Dns.servers(ns1.address()), reach(true));

    assertThat(look.zone("a.sub.example.com", LookFixture.soon())).contains("sub.example.com");
    assertThat(look.nameServers("sub.example.com", LookFixture.soon()))
        .contains(List.of("ns.target.net"));
  }

  @Test
  void namesTheAliasWhoseTargetsZoneIsDead() {
    both(NAME, "CNAME", "b.target.net.");
    ns3.silent();

    Finding finding = look("TXT", "token");

    assertThat(finding.status()).isEqualTo(UNREACHABLE);
    assertThat(finding.missing())
        .contains(NAME + " -> b.target.net", NS3, "polycert.dns.resolvers", "polycert.dns.servers");
  }

  @Test
  void saysThatADomainIsNotDelegated() {
    resolver.zone("net").add("net", "NS", "ns.target.net.");
    ns3.zone("net");

    Finding finding =
        LookFixture.dnsLook(dns(), reach(true))
            .look("_dnsauth.unpaid.net", "TXT", "token", LookFixture.soon());

    assertThat(finding.status()).isEqualTo(ABSENT);
    assertThat(finding.missing())
        .endsWith("; the domain itself is not delegated by the servers of net");
  }

  @Test
  void goesToNoPrivateAddressThatAZoneNames() {
    Finding finding =
        LookFixture.dnsLook(dns(), reach(false)).look(NAME, "TXT", "token", LookFixture.soon());

    assertThat(finding.status()).isEqualTo(UNREACHABLE);
    assertThat(finding.seen())
        .containsExactly(
            new Finding.Seen(NS1, List.of(), "has an address that no CA can reach"),
            new Finding.Seen(NS2, List.of(), "has an address that no CA can reach"));
    assertThat(ns1.asked()).isEmpty();
  }

  @Test
  void asksConfiguredServersInPlaceOfAllOthers() {
    ns1.recursive().add(NAME + ".example.com", "TXT", "token");

    Finding finding =
        LookFixture.dnsLook(Dns.servers(ns1.address()), reach(false))
            .look(NAME, "TXT", "token", LookFixture.soon());

    assertThat(finding.seen()).containsExactly(seen(ns1.address()));
    assertThat(finding.missing()).startsWith("move the TXT record from " + NAME + ".example.com");
    assertThat(ns1.asked())
        .containsExactly("udp TXT " + NAME + " +rd", "udp TXT " + NAME + ".example.com +rd");
    assertThat(resolver.asked()).isEmpty();
  }

  @Test
  void asksNobodyWhenTheTimeIsUp() {
    Finding finding =
        LookFixture.dnsLook(dns(), reach(true))
            .look(NAME, "TXT", "token", LookFixture.CLOCK.instant().minus(Duration.ofSeconds(1)));

    assertThat(finding.status()).isEqualTo(UNREACHABLE);
    assertThat(resolver.asked()).isEmpty();
  }

  @Test
  void refusesWhatIsNoName() {
    Finding finding =
        LookFixture.dnsLook(dns(), reach(true))
            .look("a..example.com", "TXT", "token", LookFixture.soon());

    assertThat(finding.status()).isEqualTo(UNREACHABLE);
    assertThat(finding.missing()).startsWith("this cannot be looked for");
  }

  @Test
  void tellsWhereANamePointsAndFollowsNothing() {
    both(NAME, "CNAME", "B.Target.NET.");
    both("www.example.com", "TXT", "token");

    assertThat(alias(NAME)).isEqualTo(new Alias.Target("b.target.net", "example.com"));
    assertThat(alias("www.example.com")).isEqualTo(new Alias.None("example.com"));
    assertThat(alias("absent.example.com")).isEqualTo(new Alias.None("example.com"));
    assertThat(ns3.asked()).isEmpty();
  }

  @Test
  void tellsThatServersDoNotAgreeWhereANamePoints() {
    ns1.add(NAME, "CNAME", "b.target.net.");

    assertThat(alias(NAME)).isInstanceOf(Alias.Unclear.class);
  }

  @Test
  void takesNoAnswerForNoAlias() {
    ns1.silent();
    ns2.silent();

    assertThat(alias(NAME))
        .isInstanceOfSatisfying(
            Alias.Unclear.class,
            unclear -> assertThat(unclear.why()).contains("does not answer in time"));
  }

  /** As from a machine without a way to IPv4. */
  @Test
  void asksAServerByIpv6WhereItIsSilentByIpv4() throws IOException {
    List<FakeDnsServer> servers = FakeDnsServer.start("127.0.0.1", "127.0.0.2", "::1");
    servers.forEach(resources::add);
    servers.get(0).recursive();
    servers
        .get(0)
        .zone("example.com")
        .add("example.com", "NS", "ns.example.com.")
        .add("ns.example.com", "A", "127.0.0.2")
        .add("ns.example.com", "AAAA", "::1");
    servers.get(1).silent();
    servers.get(2).zone("example.com").add(NAME, "TXT", "token");
    Dns six = Dns.resolver(servers.get(0).address(), servers.get(0).port());

    Finding finding =
        LookFixture.dnsLook(six, reach(true)).look(NAME, "TXT", "token", LookFixture.soon());

    assertThat(finding.status()).isEqualTo(PRESENT);
  }

  private Alias alias(String name) {
    return LookFixture.dnsLook(dns(), reach(true)).alias(name, LookFixture.soon());
  }

  /** Delegates sub.example.com to the server of target.net. */
  private void child() {
    resolver.zone("sub.example.com").add("sub.example.com", "NS", "ns.target.net.");
    ns3.zone("sub.example.com");
  }

  /** Makes the name an alias of c1, that of c2 and so on. */
  private void chain(int aliases) {
    both(NAME, "CNAME", "c1.example.com.");
    IntStream.range(1, aliases)
        .forEach(i -> both("c" + i + ".example.com", "CNAME", "c" + (i + 1) + ".example.com."));
  }

  private void both(String name, String type, String data) {
    ns1.add(name, type, data);
    ns2.add(name, type, data);
  }

  private Finding look(String type, String value) {
    return LookFixture.dnsLook(dns(), reach(true)).look(NAME, type, value, LookFixture.soon());
  }

  private Dns dns() {
    return Dns.resolver(resolver.address(), resolver.port());
  }

  private static Reach reach(boolean privateAddresses) {
    return new Reach(privateAddresses, 80);
  }

  private static Finding.Seen seen(String server, String... values) {
    return new Finding.Seen(server, List.of(values), null);
  }
}
