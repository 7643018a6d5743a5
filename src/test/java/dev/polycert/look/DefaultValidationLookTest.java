package dev.polycert.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.domain.Finding;
import dev.polycert.look.LookFixture.Dns;
import dev.polycert.look.LookFixture.Reach;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DefaultValidationLookTest {
  private static final Dns DNS = Dns.servers("127.0.0.1:1");
  private static final Reach REACH = new Reach(false, 80);

  @Test
  void runsOnlySoManyLooksAtATimeAndNoneOnTheCallersThread() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch full = new CountDownLatch(DNS.concurrency());
    DnsLook slow =
        new DnsLook(null, null) {
          @Override
          Finding look(String name, String type, String value, Instant deadline) {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            full.countDown();
            try {
              full.await();
            } catch (InterruptedException stopped) {
              Thread.currentThread().interrupt();
            }
            running.decrementAndGet();
            String thread = Thread.currentThread().isVirtual() ? "virtual" : "platform";
            return new Finding(thread, Finding.Status.ABSENT, List.of(), null);
          }
        };
    DefaultValidationLook look = look(slow);
    List<Finding> findings =
        Uni.join()
            .all(
                IntStream.range(0, 3 * DNS.concurrency())
                    .mapToObj(i -> look.record("a.example.com", "TXT", "v", LookFixture.soon()))
                    .toList())
            .andFailFast()
            .await()
            .atMost(Duration.ofSeconds(20));

    assertThat(findings).hasSize(150).extracting(Finding::what).containsOnly("virtual");
    assertThat(most).hasValue(DNS.concurrency());
  }

  @Test
  void turnsEvenABugIntoAFinding() {
    DnsLook broken =
        new DnsLook(null, null) {
          @Override
          Finding look(String name, String type, String value, Instant deadline) {
            throw new IllegalStateException("a bug");
          }
        };

    Finding finding =
        look(broken)
            .record("a.example.com", "TXT", "v", LookFixture.soon())
            .await()
            .atMost(Duration.ofSeconds(20));

    assertThat(finding)
        .isEqualTo(
            new Finding(
                "TXT a.example.com",
                Finding.Status.UNREACHABLE,
                List.of(),
                "the look itself failed; the log says why"));
  }

  @Test
  void saysWhenNoTimeIsLeft() {
    Finding finding =
        look(LookFixture.dnsLook(DNS, REACH))
            .record("a.example.com", "TXT", "v", LookFixture.CLOCK.instant())
            .await()
            .atMost(Duration.ofSeconds(20));

    assertThat(finding.missing()).isEqualTo("no time was left to look: look again later");
  }

  private static DefaultValidationLook look(DnsLook dns) {
    return new DefaultValidationLook(dns, null, null, null, DNS, LookFixture.CLOCK);
  }
}
