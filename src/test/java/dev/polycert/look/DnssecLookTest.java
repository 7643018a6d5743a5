package dev.polycert.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.dns.KnotServer;
import dev.polycert.domain.DomainName;
import dev.polycert.domain.Issuer;
import dev.polycert.domain.Obstacle;
import dev.polycert.look.LookFixture.Dns;
import dev.polycert.look.LookFixture.Reach;
import dev.polycert.testing.Resources;
import dev.polycert.testing.StartsProcesses;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;

/** Knot serves and signs a top-level domain and zones below it, and is the resolver for them. */
@StartsProcesses
class DnssecLookTest {
  @RegisterExtension static final Resources RESOURCES = new Resources();
  private static final Reach REACH = new Reach(true, 80);
  private static KnotServer knot;

  @BeforeAll
  static void start() {
    knot =
        RESOURCES.add(
            KnotServer.start(
                Set.of("test", "good.test", "sub.good.test", "wrong.test", "low.good.test"),
                "lab",
                "broken.lab",
                "test",
                "good.test",
                "sub.good.test",
                "low.good.test",
                "plain.good.test",
                "wrong.test",
                "stripped.test",
                "plain.test"));
    String good = knot.delegationSigner("good.test");
    for (String zone : Set.of("good.test", "wrong.test", "stripped.test", "plain.test")) {
      knot.delegate("test", zone);
    }
    for (String zone : Set.of("sub.good.test", "low.good.test", "plain.good.test")) {
      knot.delegate("good.test", zone);
    }
    knot.delegate("lab", "broken.lab");
    knot.add("lab", "broken.lab", "DS", good);
    knot.add("test", "good.test", "DS", good);
    knot.add("good.test", "sub.good.test", "DS", knot.delegationSigner("sub.good.test"));
    // The key was changed, or the zone is no longer signed, and the parent does not know.
    knot.add("good.test", "low.good.test", "DS", good);
    knot.add("test", "wrong.test", "DS", good);
    knot.add("test", "stripped.test", "DS", good);
    knot.add("good.test", "www.good.test", "CNAME", "www.wrong.test.");
    knot.add("good.test", "_acme-challenge.led.good.test", "CNAME", "x.good.test.");
    knot.add("good.test", "x.good.test", "CNAME", "x.wrong.test.");
  }

  private static Optional<Obstacle> look(Dns dns, String name, Clock clock) {
    return LookFixture.dnssecLook(dns, REACH, clock)
        .look(DomainName.parse(name).base(), clock.instant().plus(Duration.ofSeconds(20)));
  }

  private static Dns authorities() {
    return Dns.resolver("127.0.0.1:" + knot.port(), knot.port());
  }

  private static Dns servers() {
    return Dns.servers("127.0.0.1:" + knot.port());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "good.test",
        "ns.good.test",
        "www.good.test",
        "none.good.test",
        "*.none.good.test",
        "www.sub.good.test",
        "www.plain.good.test",
        "www.plain.test",
      })
  void holdsOrIsNotThere(String name) {
    assertThat(look(authorities(), name, LookFixture.CLOCK)).isEmpty();
    assertThat(look(servers(), name, LookFixture.CLOCK)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong.test", "www.wrong.test", "www.stripped.test", "*.low.good.test"})
  void aDelegationForAnotherKeyIsNamed(String name) {
    for (Dns dns : Set.of(authorities(), servers())) {
      Obstacle obstacle = look(dns, name, LookFixture.CLOCK).orElseThrow();

      assertThat(obstacle.lasting()).isFalse();
      assertThat(obstacle.code()).isEqualTo("Dns.Bogus");
      assertThat(obstacle.text())
          .startsWith("DNSSEC of ")
          .contains("test does not validate, so that no CA may issue (", "DS record");
    }
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(look(authorities(), "*.low.good.test", LookFixture.CLOCK).orElseThrow().text())
        .isEqualTo(
            "DNSSEC of low.good.test does not validate, so that no CA may issue (no key of the zone"
                + " matches its DS record): sign the zone anew with the key of its DS record, or"
                + " have the registrar change or remove that record");
  }

  @Test
  void theZoneThatAValidationIsDelegatedToHasToHoldToo() {
    Dns dns = authorities();
    DefaultValidationLook look =
        new DefaultValidationLook(
            LookFixture.dnsLook(dns, REACH),
            LookFixture.fileLook(dns, REACH, new PublicAddresses(REACH), null),
            LookFixture.dnssecLook(dns, REACH, LookFixture.CLOCK),
            LookFixture.caaLook(dns, REACH),
            dns,
            LookFixture.CLOCK);

    assertThat(obstacle(look, "led.good.test", "dns-01").orElseThrow().text())
        .startsWith(
            "the CNAME of _acme-challenge.led.good.test leads to x.wrong.test: DNSSEC of"
                + " wrong.test does not validate");
    assertThat(obstacle(look, "led.good.test", "http-01")).isEmpty();
    assertThat(obstacle(look, "good.test", "dns-01")).isEmpty();
  }

  private static Optional<Obstacle> obstacle(
      DefaultValidationLook look, String name, String method) {
    return look.obstacle(
            DomainName.parse(name), Issuer.ofAcme(List.of(), null, method), LookFixture.soon())
        .await()
        .indefinitely();
  }

  /** As of a forwarder that knows nothing of DNSSEC; the parent's own server leaves none out. */
  @Test
  void aServerThatLeavesSignaturesOutIsNoProof() {
    assertThat(look(servers(), "www.broken.lab", LookFixture.CLOCK)).isEmpty();
    assertThat(look(authorities(), "www.broken.lab", LookFixture.CLOCK)).isPresent();
  }

  @Test
  void signaturesExpire() {
    Clock later = Clock.offset(LookFixture.CLOCK, Duration.ofDays(90));

    assertThat(look(authorities(), "www.good.test", later).orElseThrow().text())
        .contains(
            "DNSSEC of good.test does not validate",
            "the signature of CNAME www.good.test is valid from");
  }

  @Test
  void aResolverThatValidatesIsBelieved() throws IOException {
    FakeDnsServer resolver =
        RESOURCES.add(FakeDnsServer.start("127.0.0.1").getFirst().recursive().validating());
    resolver.zone("example.com");

    assertThat(look(Dns.servers(resolver.address()), "www.example.com", LookFixture.CLOCK))
        .hasValueSatisfying(
            obstacle -> assertThat(obstacle.text()).contains("the resolver validates"));
  }

  @Test
  void aFailureOfAServerShowsNothing() throws IOException {
    FakeDnsServer resolver = RESOURCES.add(FakeDnsServer.start("127.0.0.1").getFirst());
    resolver.failing(Rcode.SERVFAIL);

    assertThat(look(Dns.servers(resolver.address()), "www.example.com", LookFixture.CLOCK))
        .isEmpty();
  }
}
