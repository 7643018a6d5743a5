package dev.polycert.order.use;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.VendorError;
import dev.polycert.log.LoggedIncidents;
import dev.polycert.metric.NotedMetrics;
import dev.polycert.provider.FreeTokens;
import dev.polycert.provider.ProviderConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FanOutTest {
  private final FanOut fanOut =
      new FanOut(
          new Lanes(
              new SmallRyeConfigBuilder()
                  .withConverter(
                      Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter())
                  .withMapping(ProviderConfig.class)
                  .build()
                  .getConfigMapping(ProviderConfig.class),
              new FreeTokens()),
          LoggedIncidents.incidents(),
          new NotedMetrics(),
          Clock.systemUTC());

  @Test
  void aFaultIsLoggedUnderTheIncidentOfItsResultWithoutSecrets() {
    try (LoggedIncidents log = new LoggedIncidents()) {
      List<String> results =
          fanOut
              .run(
                  List.of("bad", "good"),
                  item -> "vendor",
                  Instant.now().plusSeconds(10),
                  (item, urgency) -> work(item),
                  (item, fault) -> item + ": " + message(fault))
              .await()
              .atMost(Duration.ofSeconds(10));

      assertThat(results.get(0)).startsWith("bad: an unexpected fault; incident urn:uuid:");
      assertThat(results.get(1)).isEqualTo("good");
      String incident = results.get(0).substring(results.get(0).indexOf("urn:uuid:"));
      assertThat(log.logged())
          .singleElement()
          .asString()
          .contains(incident, "IllegalStateException: the key is ***")
          .doesNotContain(LoggedIncidents.SECRET);
    }
  }

  private static Uni<String> work(String item) {
    return item.equals("good")
        ? Uni.createFrom().item(item)
        : Uni.createFrom()
            .failure(new IllegalStateException("the key is " + LoggedIncidents.SECRET));
  }

  private static String message(VendorError fault) {
    return fault.message();
  }
}
