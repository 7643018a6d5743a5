package dev.polycert.vendor.rfc2136;

import static dev.polycert.dns.WriterTesting.txt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.Failure;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.WriteContext;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.WriterConfig;
import dev.polycert.dns.WriterTesting;
import dev.polycert.whole.fuzz.Cases;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/** Whatever a name server answers to queries and updates, signed or not, it is a result in time. */
class UpdateAnswersFuzzTest {
  private static final String ZONE = "example.com";
  private static final DnsRecord RECORD = txt("_acme-challenge.example.com", "token");
  private static final Cases CASES = new Cases(UpdateAnswersFuzzTest.class, 45_000);

  private static HostileNameServer server;
  private static Rfc2136Writer writer;

  @BeforeContainer
  static void start() throws IOException {
    server = new HostileNameServer("tsig-key", "ZmFrZS1zZWNyZXQtZm9yLXRlc3Rz");
    SmallRyeConfig config =
        WriterTesting.config(
            Map.of(
                "polycert.dns-writer.\"rfc2136\".endpoint",
                "dns://127.0.0.1:" + server.port(),
                "RFC2136_TSIG_NAME",
                "tsig-key",
                "RFC2136_TSIG_SECRET",
                "ZmFrZS1zZWNyZXQtZm9yLXRlc3Rz",
                "polycert.http.attempts",
                "1",
                "polycert.http.breaker-failures",
                "1000000"));
    Clock clock = Clock.systemUTC();
    writer =
        new Rfc2136Writer(
            config,
            config.getConfigMapping(WriterConfig.class),
            HttpTesting.calls(config, clock),
            clock);
  }

  @AfterContainer
  static void stop() throws IOException {
    server.close();
    CASES.tell();
  }

  @Property(seed = "71", shrinking = ShrinkingMode.OFF)
  void everyAnswerIsAResult(@ForAll long seed) {
    server.begin(seed);
    WriteContext context =
        new WriteContext(
            Clock.systemUTC().instant().plusSeconds(20),
            new Object(),
            operation -> Uni.createFrom().voidItem());
    step("find", seed, writer.find(ZONE, RECORD, context));
    step("create", seed, writer.create(ZONE, RECORD, context));
    step("remove", seed, writer.remove(ZONE, RECORD, null, context));
  }

  private static <T> void step(String name, long seed, Uni<Answer<T>> step) {
    try {
      Answer<T> result =
          CASES.of(server::answered, () -> step.await().atMost(Duration.ofSeconds(10)));

      assertThat((long) result.toString().length()).isLessThan(10_000 + 4 * server.answered());
      assertThat(result.toString()).as("an answer that came").doesNotContain("Transport.Timeout");
      Statistics.label(name).collect(kind(result));
    } catch (RuntimeException e) {
      throw new AssertionError(name + " with seed " + seed + " threw", e);
    }
  }

  private static String kind(Answer<?> result) {
    return result instanceof Answer.Failed<?>(Failure failure)
        ? failure.getClass().getSimpleName()
        : "Value";
  }
}
