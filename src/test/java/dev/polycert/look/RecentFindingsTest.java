package dev.polycert.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.HttpTesting;
import dev.polycert.domain.DomainName;
import dev.polycert.domain.Issuer;
import dev.polycert.domain.Obstacle;
import dev.polycert.domain.ValidationLook;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.VendorAnswers;
import dev.polycert.provider.Applications;
import dev.polycert.provider.Awaiting;
import dev.polycert.provider.Outlook;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.testing.Resources;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.xbill.DNS.Rcode;

/** One request for one domain at four vendors, and a resolver that counts what it is asked. */
class RecentFindingsTest {
  private static final String DOMAIN = "www.example.com";

  @RegisterExtension final Resources resources = new Resources();
  private FakeDnsServer dns;
  private ValidationLook look;

  @BeforeEach
  void start() throws IOException {
    dns =
        resources.add(
            FakeDnsServer.start("127.0.0.1")
                .getFirst()
                .recursive()
                .zone("com")
                .zone("example.com"));
    look = TestLooks.at(resources.vertx(), dns.address(), 80);
  }

  private List<Answer<Preparation>> prepared(String... vendors) {
    Outlook outlook =
        new Outlook(
            look,
            HttpTesting.config(Map.of()).getConfigMapping(ProviderConfig.class),
            LookFixture.CLOCK);
    List<Uni<Answer<Preparation>>> preparing =
        Stream.of(vendors)
            .map(
                id ->
                    outlook.prepare(
                        new ScriptedProvider(id)
                            .on(ScriptedProvider.Call.PREPARE, VendorAnswers.ready()),
                        Applications.forDomain(DOMAIN).application(),
                        Awaiting.context()))
            .toList();
    return Uni.join().all(preparing).andFailFast().await().atMost(Duration.ofSeconds(20));
  }

  @Test
  void fourVendorsAskTheDnsOnce() {
    assertThat(prepared("a")).hasOnlyElementsOfType(Answer.Success.class).hasSize(1);
    List<String> one = List.copyOf(dns.asked());
    assertThat(one).contains("udp CAA www.example.com +rd");
    look = TestLooks.at(resources.vertx(), dns.address(), 80);

    assertThat(prepared("a", "b", "c", "d")).hasOnlyElementsOfType(Answer.Success.class).hasSize(4);
    prepared("e");

    assertThat(dns.asked()).hasSize(2 * one.size());
  }

  @Test
  void eachCaIsJudgedByTheSameRecords() {
    dns.add("example.com", "CAA", "0 issue \"ca.example\"");

    assertThat(obstacle("ca.example")).isEmpty();
    assertThat(obstacle("other.example").map(Obstacle::code)).contains("Dns.CaaForbids");
    assertThat(obstacle("ca.example")).isEmpty();
    assertThat(dns.asked().stream().filter("udp CAA www.example.com +rd"::equals))
        .as("by the look at CAA and that at DNSSEC; and the zone's own server before a refusal")
        .hasSize(2);
  }

  private Optional<Obstacle> obstacle(String ca) {
    return look.obstacle(
            DomainName.parse(DOMAIN), Issuer.behindVendor(List.of(ca)), LookFixture.soon())
        .await()
        .atMost(Duration.ofSeconds(20));
  }

  @Test
  void aFailureIsNotShared() {
    dns.failing(Rcode.SERVFAIL);
    assertThat(obstacle("ca.example").map(Obstacle::code)).contains(Obstacle.UNREACHABLE);
    dns.failing(Rcode.NOERROR);

    assertThat(obstacle("ca.example")).isEmpty();
  }

  @Test
  void looksThatBeginMeanwhileShareOneAndGoOnByThemselvesWhereItFails() {
    RecentFindings<Integer> findings = new RecentFindings<>(found -> found > 0, LookFixture.CLOCK);
    AtomicInteger looks = new AtomicInteger();
    CountDownLatch both = new CountDownLatch(1);

    CompletableFuture<Integer> first = asked(findings, both, looks::incrementAndGet);
    CompletableFuture<Integer> second = asked(findings, both, looks::incrementAndGet);
    both.countDown();

    assertThat(first.join()).isEqualTo(second.join()).isEqualTo(1);
    assertThat(findings.get("b", LookFixture.soon(), () -> -1)).isEqualTo(-1);
    assertThat(findings.get("b", LookFixture.soon(), () -> 2)).isEqualTo(2);
    assertThat(findings.get("b", LookFixture.soon(), () -> 3)).isEqualTo(2);
  }

  private static CompletableFuture<Integer> asked(
      RecentFindings<Integer> findings, CountDownLatch until, Supplier<Integer> look) {
    return CompletableFuture.supplyAsync(
        () ->
            findings.get(
                "a",
                LookFixture.soon(),
                () -> {
                  try {
                    until.await();
                  } catch (InterruptedException stopped) {
                    throw new IllegalStateException(stopped);
                  }
                  return look.get();
                }),
        Thread::startVirtualThread);
  }
}
