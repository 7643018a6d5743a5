package dev.polycert.metric;

import dev.polycert.domain.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps metrics since the start of the process, for a Prometheus server that reads them in its text
 * format (version 0.0.4: a family's {@code HELP} and {@code TYPE}, then its series; a histogram's
 * buckets add up).
 *
 * <p>The values of labels are few, so the memory is bounded. The format is a page of text: a
 * library for it would be larger than all that writes metrics here.
 */
public final class PrometheusMetrics implements Metrics {
  /** The media type of {@link #text}. */
  public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** Upper ends of the buckets in seconds: an answer from nearby to the longest time-out. */
  private static final double[] BUCKETS = {0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300};

  private static final int MILLIS = 1000;
  private static final String SERVED = "polycert_served_days_left";

  /** The lock of all families, held only to add a number or to write the text. */
  private final Map<String, Family> families = new LinkedHashMap<>();

  /** What hosts served when they were last looked at; under the same lock. */
  private final Map<String, Seen> served = new TreeMap<>();

  private final Clock clock;

  public PrometheusMetrics(Clock clock) {
    this.clock = clock;
    counter("polycert_orders_total", "Orders that came into a state.");
    counter("polycert_notices_total", "Notices to people.");
    counter(
        "polycert_channel_notices_total", "Notices by channel: those that arrived, those lost.");
    histogram("polycert_vendor_call_seconds", "Calls to vendors, by how they ended.");
    histogram("polycert_token_wait_seconds", "Waits of calls for their rate token.");
    histogram("polycert_fan_out_seconds", "Work for many items, such as a request or a sweep.");
    families.put(
        SERVED, new Family("Days left of the certificate that a host serves.", "gauge", Map.of()));
  }

  private void counter(String name, String help) {
    families.put(name, new Family(help, "counter", new TreeMap<>()));
  }

  private void histogram(String name, String help) {
    families.put(name, new Family(help, "histogram", new TreeMap<>()));
  }

  @Override
  public void entered(String provider, String state) {
    count("polycert_orders_total", labels("provider", provider, "state", state));
  }

  @Override
  public void noticed(String type) {
    count("polycert_notices_total", labels("type", type));
  }

  @Override
  public void sent(String channel, boolean arrived, int notices) {
    String labels = labels("channel", channel, "outcome", arrived ? "arrived" : "lost");
    synchronized (families) {
      series("polycert_channel_notices_total", labels).count += notices;
    }
  }

  @Override
  public void called(String provider, String operation, String outcome, Duration took) {
    String labels = labels("provider", provider, "operation", operation, "outcome", outcome);
    time("polycert_vendor_call_seconds", labels, took);
  }

  @Override
  public void waited(String provider, Duration time) {
    time("polycert_token_wait_seconds", labels("provider", provider), time);
  }

  @Override
  public void fannedOut(Duration took) {
    time("polycert_fan_out_seconds", "", took);
  }

  @Override
  public void serves(String host, Instant notAfter, Instant until) {
    synchronized (families) {
      served.put(host, new Seen(notAfter, until));
    }
  }

  /** Does nothing, because each reader gets all metrics. */
  @Override
  public void flush() {}

  /** All metrics, as they are now. */
  public String text() {
    StringBuilder text = new StringBuilder();
    synchronized (families) {
      families.forEach((name, family) -> family.write(name, text));
      writeServed(text);
    }
    return text.toString();
  }

  /**
   * Written last. The days left fall even without a look, and hosts that are no longer looked at
   * are dropped.
   */
  private void writeServed(StringBuilder text) {
    Instant now = clock.instant();
    served.values().removeIf(seen -> !now.isBefore(seen.until));
    served.forEach(
        (host, seen) -> {
          String left = String.valueOf(Expiry.daysLeft(seen.notAfter, now));
          line(text, SERVED, labels("host", host), left);
        });
  }

  private void count(String name, String labels) {
    synchronized (families) {
      series(name, labels).count++;
    }
  }

  private void time(String name, String labels, Duration took) {
    double seconds = (double) took.toMillis() / MILLIS;
    synchronized (families) {
      Series series = series(name, labels);
      series.count++;
      series.sum += seconds;
      for (int i = 0; i < BUCKETS.length; i++) {
        if (seconds <= BUCKETS[i]) {
          series.buckets[i]++;
        }
      }
    }
  }

  private Series series(String name, String labels) {
    Family family = families.get(name);
    if (family == null) {
      throw new IllegalArgumentException("no family " + name);
    }
    return family.series.computeIfAbsent(labels, added -> new Series());
  }

  private static String labels(String... namesAndValues) {
    StringBuilder labels = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      labels
          .append(i == 0 ? "" : ",")
          .append(namesAndValues[i])
          .append("=\"")
          .append(escaped(namesAndValues[i + 1]))
          .append('"');
    }
    return labels.toString();
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  /** The end of a certificate, and until when it is shown. */
  private record Seen(Instant notAfter, Instant until) {}

  /**
   * Series of one name.
   *
   * @param series by the text of their labels
   */
  private record Family(String help, String type, Map<String, Series> series) {

    void write(String name, StringBuilder text) {
      text.append("# HELP %s %s\n# TYPE %s %s\n".formatted(name, help, name, type));
      series.forEach(
          (labels, values) -> {
            if (!type.equals("histogram")) {
              line(text, name, labels, String.valueOf(values.count));
            } else {
              values.write(name, labels, text);
            }
          });
    }
  }

  private static void line(StringBuilder text, String name, String labels, String value) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append('{').append(labels).append('}');
    }
    text.append(' ').append(value).append('\n');
  }

  private static final class Series {
    private long count;
    private double sum;
    private final long[] buckets = new long[BUCKETS.length];

    void write(String name, String labels, StringBuilder text) {
      String more = labels.isEmpty() ? "" : labels + ",";
      for (int i = 0; i < BUCKETS.length; i++) {
        String end = String.valueOf(BUCKETS[i]);
        line(text, name + "_bucket", more + "le=\"" + end + "\"", String.valueOf(buckets[i]));
      }
      line(text, name + "_bucket", more + "le=\"+Inf\"", String.valueOf(count));
      line(text, name + "_sum", labels, String.valueOf(sum));
      line(text, name + "_count", labels, String.valueOf(count));
    }
  }
}
