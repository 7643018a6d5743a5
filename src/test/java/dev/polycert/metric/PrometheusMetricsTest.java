package dev.polycert.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.testing.MovedClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PrometheusMetricsTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration DAY = Duration.ofDays(1);

  private final MovedClock clock = new MovedClock(START);
  private final PrometheusMetrics metrics = new PrometheusMetrics(clock);

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
  void theDaysLeftGoByWithoutALookUntilTheLookIsTooOld() {
    metrics.serves("a.example.com:443", START.plus(Duration.ofHours(47)), START.plus(DAY));
    metrics.serves("b.example.com:443", START.plus(DAY.multipliedBy(80)), START.plus(DAY));
    assertThat(metrics.text())
        .contains("# TYPE polycert_served_days_left gauge\n")
        .contains("polycert_served_days_left{host=\"a.example.com:443\"} 1\n")
        .contains("polycert_served_days_left{host=\"b.example.com:443\"} 80\n");

    clock.now = START.plus(DAY).minusSeconds(1);
    metrics.serves(
        "b.example.com:443", START.plus(DAY.multipliedBy(170)), clock.instant().plus(DAY));
    assertThat(metrics.text())
        .contains("polycert_served_days_left{host=\"a.example.com:443\"} 0\n")
        .contains("polycert_served_days_left{host=\"b.example.com:443\"} 169\n");

    clock.now = START.plus(DAY);
    assertThat(metrics.text())
        .doesNotContain("a.example.com")
        .contains("polycert_served_days_left{host=\"b.example.com:443\"} 169\n");
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
