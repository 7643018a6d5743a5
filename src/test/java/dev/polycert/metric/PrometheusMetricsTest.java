package dev.polycert.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PrometheusMetricsTest {
  private final PrometheusMetrics metrics = new PrometheusMetrics();

  @Test
  void countsAreOfEachCombinationOfLabels() {
    metrics.entered("acme", "ISSUED");
    metrics.entered("acme", "ISSUED");
    metrics.entered("acme", "FAILED");
    metrics.noticed("a \"quoted\" \\ type");

    assertThat(metrics.text())
        .contains("# TYPE polycert_orders_total counter\n")
        .contains("polycert_orders_total{provider=\"acme\",state=\"ISSUED\"} 2\n")
        .contains("polycert_orders_total{provider=\"acme\",state=\"FAILED\"} 1\n")
        .contains("polycert_notices_total{type=\"a \\\"quoted\\\" \\\\ type\"} 1\n");
  }

  @Test
  void theBucketsOfTimesAddUp() {
    metrics.fannedOut(Duration.ofMillis(100));
    metrics.fannedOut(Duration.ofMillis(700));
    metrics.fannedOut(Duration.ofMinutes(10));

    assertThat(metrics.text())
        .contains("polycert_fan_out_seconds_bucket{le=\"0.05\"} 0\n")
        .contains("polycert_fan_out_seconds_bucket{le=\"0.1\"} 1\n")
        .contains("polycert_fan_out_seconds_bucket{le=\"1.0\"} 2\n")
        .contains("polycert_fan_out_seconds_bucket{le=\"300.0\"} 2\n")
        .contains("polycert_fan_out_seconds_bucket{le=\"+Inf\"} 3\n")
        .contains("polycert_fan_out_seconds_sum 600.8\n")
        .contains("polycert_fan_out_seconds_count 3\n");
  }

  @Test
  void callsAreKnownByTheirOutcome() {
    metrics.called("acme", "newOrder", "OK", Duration.ofSeconds(1));

    assertThat(metrics.text())
        .contains(
            "polycert_vendor_call_seconds_count{provider=\"acme\",operation=\"newOrder\",outcome=\"OK\"}"
                + " 1\n");
  }
}
