package dev.polycert.notice;

import static dev.polycert.notice.SampleNotices.failed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.VendorServer;
import dev.polycert.function.Doors;
import dev.polycert.metric.PrometheusMetrics;
import dev.polycert.order.LoggedNotices;
import dev.polycert.provider.contract.ContractProfile;
import dev.polycert.rate.VirtualTime;
import dev.polycert.testing.Resources;
import dev.polycert.whole.secrecy.Canaries;
import dev.polycert.whole.secrecy.EchoWatch;
import dev.polycert.whole.secrecy.LeakWatch;
import dev.polycert.whole.secrecy.OutputWatch;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No secret of a channel is passed on, even if its service repeats what it is sent. */
@QuarkusTest
@TestProfile(ContractProfile.class)
class ChannelSecrecyTest {
  @RegisterExtension final Resources resources = new Resources();
  private final VendorServer service = resources.add(new VendorServer());
  private final PrometheusMetrics metrics = new PrometheusMetrics(Clock.systemUTC());
  private LeakWatch log;
  private OutputWatch output;
  private Channels channels;

  @Inject LoggedNotices notices;

  @BeforeEach
  void open() {
    log = resources.add(new LeakWatch(EchoWatch::tells, line -> line.contains("is lost")));
    output = resources.add(new OutputWatch());
    NoticeConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(NoticeConfig.class)
            .withSources(
                new EnvConfigSource(
                    ChannelCanaries.settings(service.uri().toString().replaceAll("/$", "")), 300))
            .build()
            .getConfigMapping(NoticeConfig.class);
    channels =
        new Channels(
            config,
            SendersTest.senders(resources.vertx(), Map.of("polycert.http.attempts", "1")),
            List::of,
            notices,
            metrics,
            Clock.systemUTC(),
            true,
            new VirtualTime());
    for (int i = 0; i < 2 * Kind.values().length; i++) {
      service.then(ChannelSecrecyTest::repeat);
    }
  }

  /** As an answer that shows the whole request. */
  private static void repeat(HttpServerRequest request) {
    String text = "no such hook: " + request.absoluteURI() + " " + request.headers().entries();
    request.response().setStatusCode(404).putHeader("x-request-id", request.uri()).end(text);
  }

  @Test
  void everyKindHasACanary() {
    assertThat(channels.names())
        .hasSize(Kind.values().length)
        .allSatisfy(
            name ->
                assertThat(ChannelCanaries.SECRETS.keySet())
                    .anyMatch(it -> it.startsWith(prefix(name))));
  }

  private static String prefix(String channel) {
    return "POLYCERT_NOTICE_" + channel.toUpperCase(Locale.ROOT) + "_";
  }

  @Test
  void noSecretIsInAnAnswerTheLogOrTheMetrics() {
    Instant deadline = Instant.now().plusSeconds(30);
    channels.send(failed("www.a.example"));
    channels.flush(deadline).await().indefinitely();

    JsonNode answer = Doors.notifyTest(channels);

    assertThat(service.seen()).anyMatch(seen -> Canaries.in(seen.uri()));
    assertThat(answer.path("channels"))
        .hasSize(Kind.values().length)
        .allSatisfy(
            channel -> {
              assertThat(channel.path("sent").asBoolean()).as("%s", channel).isFalse();
              assertThat(channel.path("lost").asInt()).as("%s", channel).isPositive();
              assertThat(EchoWatch.tells(channel.toString())).as("%s", channel).isFalse();
            });
    assertThat(answer.toString()).contains("no such hook", "***");
    assertThat(log.seen()).isGreaterThanOrEqualTo(Kind.values().length);
    assertThat(log.leaks()).isEmpty();
    assertThat(EchoWatch.tells(output.text())).isFalse();
    assertThat(EchoWatch.tells(metrics.text())).isFalse();
  }
}
