package dev.polycert.metric;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmbeddedMetricsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final List<String> lines = new ArrayList<>();
  private final Metrics metrics =
      new EmbeddedMetrics("polycert-test", Clock.fixed(NOW, ZoneOffset.UTC), lines::add);

  @Test
  void writesOneDocumentForEachCombinationOfDimensions() throws Exception {
    for (int i = 0; i < 3; i++) {
      metrics.entered("p", "ISSUED");
    }
    metrics.entered("p", "FAILED");
    metrics.flush();

    assertThat(lines).hasSize(2);
    assertThat(read(lines.getFirst()))
        .isEqualTo(
            MAPPER.readTree(
                """
                {
                  "_aws": {
                    "Timestamp": 1767323045000,
                    "CloudWatchMetrics": [{
                      "Namespace": "polycert-test",
                      "Dimensions": [["Provider", "State"]],
                      "Metrics": [{"Name": "Orders", "Unit": "Count"}]
                    }]
                  },
                  "Provider": "p",
                  "State": "ISSUED",
                  "Orders": 3
                }
                """));
  }

  @Test
  void keepsEveryTimeSoThatPercentilesAreRight() throws Exception {
    metrics.called("p", "Apply", "OK", Duration.ofMillis(12));
    metrics.called("p", "Apply", "OK", Duration.ofMillis(15));
    metrics.flush();

    JsonNode document = read(lines.getFirst());
    assertThat(document.at("/_aws/CloudWatchMetrics/0/Dimensions/0"))
        .extracting(JsonNode::asText)
        .containsExactly("Provider", "Operation", "Outcome");
    assertThat(document.at("/_aws/CloudWatchMetrics/0/Metrics/0/Unit").asText())
        .isEqualTo("Milliseconds");
    assertThat(document.get("VendorCallTime")).extracting(JsonNode::asInt).containsExactly(12, 15);
  }

  @Test
  void whatHasNoDimensionsHasAnEmptySetOfThem() throws Exception {
    metrics.fannedOut(Duration.ofSeconds(2));
    metrics.flush();

    JsonNode document = read(lines.getFirst());
    assertThat(document.at("/_aws/CloudWatchMetrics/0/Dimensions")).hasToString("[[]]");
    assertThat(document.get("FanOutTime")).hasToString("[2000]");
  }

  @Test
  void theDaysLeftOfWhatAHostServesAreThoseOfTheLook() throws Exception {
    metrics.serves("a.example.com:443", NOW.plus(Duration.ofHours(47)), NOW);
    metrics.flush();

    JsonNode document = read(lines.getFirst());
    assertThat(document.get("Host").asText()).isEqualTo("a.example.com:443");
    assertThat(document.get("ServedDaysLeft").asInt()).isEqualTo(1);
  }

  /** The format takes 100 values; and nothing may grow in a process that never flushes. */
  @Test
  void anArrayThatIsFullIsWrittenAtOnce() throws Exception {
    int most = EmbeddedMetrics.MAX_VALUES;
    IntStream.rangeClosed(0, most).forEach(i -> metrics.waited("p", Duration.ofMillis(i)));

    assertThat(lines).hasSize(1);
    assertThat(read(lines.getFirst()).get("TokenWait")).hasSize(most);

    metrics.flush();
    assertThat(read(lines.getLast()).get("TokenWait")).hasToString("[" + most + "]");
  }

  @Test
  void nothingIsWrittenTwiceOrWithoutNeed() {
    metrics.flush();
    assertThat(lines).isEmpty();

    metrics.noticed("dev.polycert.order.stuck");
    metrics.flush();
    metrics.flush();
    assertThat(lines).hasSize(1);
  }

  @Test
  void theSettingsChooseTheForm() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

    assertThat(new MetricsProducer().metrics(new Config(false, false, "n"), clock))
        .isSameAs(Metrics.NONE);
    assertThat(new MetricsProducer().metrics(new Config(false, true, "n"), clock))
        .isInstanceOf(PrometheusMetrics.class);
    assertThat(new MetricsProducer().metrics(new Config(true, true, "n"), clock))
        .isInstanceOf(EmbeddedMetrics.class);
  }

  private record Config(boolean emf, boolean prometheus, String namespace)
      implements MetricsConfig {}

  private static JsonNode read(String line) throws JsonProcessingException {
    assertThat(line).doesNotContain("\n");
    return MAPPER.readTree(line);
  }
}
