package dev.polycert.look;

import static dev.polycert.domain.ServedAddress.Status.ANOTHER;
import static dev.polycert.domain.ServedAddress.Status.CHAIN_INCOMPLETE;
import static dev.polycert.domain.ServedAddress.Status.EXPIRING;
import static dev.polycert.domain.ServedAddress.Status.NAME_NOT_COVERED;
import static dev.polycert.domain.ServedAddress.Status.OLDER;
import static dev.polycert.domain.ServedAddress.Status.SERVED;
import static dev.polycert.domain.ServedAddress.Status.UNKNOWN;
import static dev.polycert.domain.ServedAddress.Status.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.domain.ServedAddress;
import dev.polycert.domain.ServedHost;
import dev.polycert.domain.ServedLook.Wanted;
import dev.polycert.look.LookFixture.Dns;
import dev.polycert.look.LookFixture.ServedReach;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Pem;
import dev.polycert.testing.Nginx;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.xbill.DNS.Rcode;

/** What a real web server shows, over IPv4 and IPv6. */
@RequiresPrograms("nginx")
class ServedLookTest {
  @RegisterExtension final Resources resources = new Resources();
  private final CertificateBundle first = IssuedCertificates.issued("www.example.com");
  private final CertificateBundle second = IssuedCertificates.issued("www.example.com");

  /** A day after the certificates were issued. */
  private final Clock clock = after(Duration.ofDays(1));

  private FakeDnsServer dns;
  private Path live;
  private Nginx nginx;

  @BeforeEach
  void serve() throws IOException {
    dns = resources.add(FakeDnsServer.start("127.0.0.1").getFirst()).recursive();
    dns.add("www.example.com", "A", "127.0.0.1");
    dns.add("www.example.com", "AAAA", "::1");
    dns.add("other.example.com", "A", "127.0.0.1");
    live = Files.createDirectory(resources.directory().resolve("live"));
    write(first, first.fullChain());
    nginx =
        resources.add(
            new Nginx(resources.directory().resolve("nginx"), live, "127.0.0.1", "[::1]").start());
  }

  @Test
  void everyAddressOfANameIsLookedAt() {
    assertThat(look("www.example.com:%d", wanted(first)))
        .extracting(ServedAddress::address, ServedAddress::status)
        .containsExactly(tuple("::1", SERVED), tuple("127.0.0.1", SERVED));
  }

  @Test
  void aGivenAddressIsLookedAtAloneAndAskedForTheName() {
    assertThat(look("www.example.com@[::1]:%d", wanted(first)))
        .extracting(ServedAddress::address, ServedAddress::status)
        .containsExactly(tuple("::1", SERVED));
  }

  @Test
  void aListenerThatIsLeftBehindIsToldFromOneThatWasReloaded() throws Exception {
    Nginx stale =
        resources.add(new Nginx(resources.directory().resolve("stale"), live, "127.0.0.1").start());
    write(second, second.fullChain());
    nginx.start();

    ServedAddress behind = look(stale, "www.example.com@127.0.0.1:%d", wanted(second)).getFirst();

    assertThat(behind.status()).isEqualTo(OLDER);
    assertThat(behind.detail()).startsWith("still serves an older one: serial number ");
    assertThat(behind.fingerprint()).isEqualTo(Pem.fingerprint(first.certificate()).orElseThrow());
    assertServed("www.example.com:%d", wanted(second));
  }

  @Test
  void whatIsNewerThanTheOrdersIsAnother() {
    Wanted past =
        new Wanted("aa".repeat(32), null, clock.instant().minus(Duration.ofDays(80)), null, "EC");

    assertThat(look("www.example.com:%d", past))
        .extracting(ServedAddress::status)
        .containsOnly(ANOTHER);
  }

  @Test
  void aCertificateForOtherNamesIsNamedAsSuch() {
    assertThat(look("other.example.com:%d", null))
        .singleElement()
        .matches(it -> it.status() == NAME_NOT_COVERED)
        .matches(it -> it.detail().contains("not for other.example.com"));
  }

  @Test
  void aMissingIssuerIsNamed() throws Exception {
    write(first, first.certificate());
    nginx.start();

    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(look("www.example.com:%d", wanted(first)))
                    .allMatch(it -> it.status() == CHAIN_INCOMPLETE)
                    .allMatch(it -> it.detail().contains("without the certificate of its issuer")));
  }

  @Test
  void theEndIsSeenComing() {
    Clock later = after(Duration.ofDays(80));

    ServedAddress seen =
        look(later, true, nginx, "www.example.com@127.0.0.1:%d", wanted(first)).getFirst();

    assertThat(seen.status()).isEqualTo(EXPIRING);
    assertThat(seen.daysLeft(later.instant())).isBetween(8L, 10L);
  }

  @Test
  void whatBeginsLaterIsNotServedYet() {
    ServedAddress seen =
        look(after(Duration.ofDays(-1)), true, nginx, "www.example.com@127.0.0.1:%d", wanted(first))
            .getFirst();

    assertThat(seen.status()).isEqualTo(ServedAddress.Status.NOT_YET_VALID);
    assertThat(seen.detail()).contains(seen.notBefore().toString());
  }

  @Test
  void aCertificateIsKnownByWhateverTheVendorReports() {
    X509Certificate leaf = Pem.certificate(first.certificate()).orElseThrow();
    String serial = leaf.getSerialNumber().toString(16).toUpperCase();
    Instant end = leaf.getNotAfter().toInstant();

    assertServed("www.example.com:%d", new Wanted(null, "00:" + serial, null, null, null));
    assertServed("www.example.com:%d", new Wanted(null, null, null, end, null));
    assertServed("www.example.com:%d", null);
  }

  @Test
  void privateAddressesAreLeftAloneUnlessAllowed() {
    assertThat(look(clock, false, nginx, "www.example.com:%d", wanted(first)))
        .extracting(ServedAddress::status)
        .containsOnly(UNREACHABLE);
    assertThat(look(clock, false, nginx, "127.0.0.1:%d", null).getFirst().detail())
        .contains("not on the public Internet");
  }

  @Test
  void aResolverThatFailsSaysNothingAboutTheHost() {
    dns.failing("www.example.com", Rcode.SERVFAIL);

    ServedAddress seen = look("www.example.com:%d", wanted(first)).getFirst();

    assertThat(seen.status()).isEqualTo(UNKNOWN);
    assertThat(seen.detail()).isEqualTo("was not looked at: the resolver answers SERVFAIL");
    assertThat(look("absent.example.com:%d", null))
        .extracting(ServedAddress::status, ServedAddress::detail)
        .containsExactly(tuple(UNREACHABLE, "has no address in the DNS"));
  }

  @Test
  void addressesThatTheResolverKeepsAreNotPassedOver() {
    dns.failing("www.example.com", Rcode.SERVFAIL);
    dns.working("www.example.com", "AAAA");

    assertThat(look("www.example.com:%d", wanted(first)))
        .extracting(ServedAddress::address, ServedAddress::status, ServedAddress::detail)
        .containsExactly(
            tuple("::1", SERVED, null),
            tuple(
                null,
                UNKNOWN,
                "was not looked at everywhere: for some of its addresses the resolver answers"
                    + " SERVFAIL"));
  }

  @Test
  void addressesBeyondTheMostAreCounted() {
    for (int i = 2; i <= 25; i++) {
      dns.add("www.example.com", "A", "127.0.0." + i);
    }

    List<ServedAddress> seen = look("www.example.com:%d", wanted(first));

    assertThat(seen).hasSize(25);
    assertThat(seen.getFirst().status()).isEqualTo(SERVED);
    assertThat(seen.getLast().status()).isEqualTo(UNKNOWN);
    assertThat(seen.getLast().detail()).contains("2 addresses more than the 24");
  }

  @Test
  void aLookWithoutTimeSaysNothingAboutTheHost() {
    List<ServedAddress> seen =
        LookFixture.servedLook(
                Dns.servers(dns.address()), new ServedReach(true, Duration.ofSeconds(5)), clock)
            .look(
                ServedHost.parse("www.example.com@127.0.0.1:%d".formatted(nginx.port())),
                wanted(first),
                clock.instant().minusSeconds(1))
            .await()
            .atMost(Duration.ofSeconds(20));

    assertThat(seen)
        .extracting(ServedAddress::status, ServedAddress::detail)
        .containsExactly(tuple(UNKNOWN, "was not looked at: no time was left"));
  }

  private void assertServed(String host, Wanted wanted) {
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(look(host, wanted))
                    .extracting(ServedAddress::status)
                    .containsOnly(SERVED));
  }

  private List<ServedAddress> look(String host, Wanted wanted) {
    return look(nginx, host, wanted);
  }

  private List<ServedAddress> look(Nginx server, String host, Wanted wanted) {
    return look(clock, true, server, host, wanted);
  }

  private List<ServedAddress> look(
      Clock clock, boolean allowed, Nginx server, String host, Wanted wanted) {
    return LookFixture.servedLook(
            Dns.servers(dns.address()), new ServedReach(allowed, Duration.ofSeconds(5)), clock)
        .look(
            ServedHost.parse(host.formatted(server.port())),
            wanted,
            clock.instant().plusSeconds(10))
        .await()
        .atMost(Duration.ofSeconds(20));
  }

  private Clock after(Duration age) {
    Instant issued = Pem.certificate(first.certificate()).orElseThrow().getNotBefore().toInstant();
    return Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), issued.plus(age)));
  }

  private static Wanted wanted(CertificateBundle bundle) {
    X509Certificate leaf = Pem.certificate(bundle.certificate()).orElseThrow();
    return new Wanted(
        Pem.fingerprint(leaf),
        null,
        leaf.getNotBefore().toInstant(),
        leaf.getNotAfter().toInstant(),
        "EC");
  }

  private void write(CertificateBundle bundle, String chain) throws IOException {
    Files.writeString(live.resolve("fullchain.pem"), chain);
    Files.writeString(live.resolve("privkey.pem"), bundle.privateKey().reveal());
  }
}
