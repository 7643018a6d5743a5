package dev.polycert.metric;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.domain.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes metrics in CloudWatch's embedded metric format ("Specification: Embedded metric format" of
 * the CloudWatch user guide): JSON in the log, from which CloudWatch makes metrics. They cost
 * neither a request nor a connection, and are not lost when a function is frozen right after its
 * answer.
 *
 * <p>Values are added up until {@link #flush} at the end of an invocation, because one line per
 * vendor call would be most of the log. A document has one value of each dimension, so there is one
 * line for each {@link Series}.
 *
 * <p>The format is one small JSON object, which needs no library: AWS's own looks for the kind of
 * its machine over the network and serialises by reflection, and Powertools needs the Lambda
 * context, which Funqy does not hand over.
 */
final class EmbeddedMetrics implements Metrics {
  /** The longest array of values that CloudWatch takes. */
  static final int MAX_VALUES = 100;

  private final String namespace;
  private final Clock clock;
  private final Consumer<String> line;

  /** Also the lock of the maps, held only to add a number. */
  private final Map<Series, Long> counts = new LinkedHashMap<>();

  private final Map<Series, List<Long>> times = new LinkedHashMap<>();

  /** The last value of each host. */
  private final Map<Series, Long> days = new LinkedHashMap<>();

  /**
   * @param line takes one line, without its end
   */
  EmbeddedMetrics(String namespace, Clock clock, Consumer<String> line) {
    this.namespace = namespace;
    this.clock = clock;
    this.line = line;
  }

  @Override
  public void entered(String provider, String state) {
    count(Series.of("Orders").with("Provider", provider).with("State", state));
  }

  @Override
  public void noticed(String type) {
    count(Series.of("Notices").with("Type", type));
  }

  @Override
  public void sent(String channel, boolean arrived, int notices) {
    count(
        Series.of("ChannelNotices")
            .with("Channel", channel)
            .with("Outcome", arrived ? "ARRIVED" : "LOST"),
        notices);
  }

  @Override
  public void called(String provider, String operation, String outcome, Duration took) {
    time(
        Series.of("VendorCallTime")
            .with("Provider", provider)
            .with("Operation", operation)
            .with("Outcome", outcome),
        took);
  }

  @Override
  public void waited(String provider, Duration time) {
    time(Series.of("TokenWait").with("Provider", provider), time);
  }

  @Override
  public void fannedOut(Duration took) {
    time(Series.of("FanOutTime"), took);
  }

  @Override
  public void serves(String host, Instant notAfter, Instant until) {
    long left = Expiry.daysLeft(notAfter, clock.instant());
    synchronized (counts) {
      days.put(Series.of("ServedDaysLeft").with("Host", host), left);
    }
  }

  @Override
  public void flush() {
    List<ObjectNode> documents = new ArrayList<>();
    synchronized (counts) {
      counts.forEach((series, count) -> documents.add(document(series, count)));
      times.forEach((series, values) -> documents.add(document(series, values)));
      days.forEach(
          (series, left) -> documents.add(document(series, "None").put(series.metric(), left)));
      counts.clear();
      days.clear();
      times.clear();
    }
    documents.forEach(this::write);
  }

  private void count(Series series) {
    count(series, 1);
  }

  private void count(Series series, long more) {
    synchronized (counts) {
      counts.merge(series, more, Long::sum);
    }
  }

  /** Writes a full array at once, so that nothing grows without bounds between two flushes. */
  private void time(Series series, Duration time) {
    ObjectNode full = null;
    synchronized (counts) {
      List<Long> values = times.computeIfAbsent(series, added -> new ArrayList<>());
      values.add(time.toMillis());
      if (values.size() == MAX_VALUES) {
        times.remove(series);
        full = document(series, values);
      }
    }
    if (full != null) {
      write(full);
    }
  }

  private ObjectNode document(Series series, long count) {
    return document(series, "Count").put(series.metric(), count);
  }

  private ObjectNode document(Series series, List<Long> millis) {
    ObjectNode document = document(series, "Milliseconds");
    ArrayNode values = document.putArray(series.metric());
    millis.forEach(values::add);
    return document;
  }

  private ObjectNode document(Series series, String unit) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ObjectNode head = document.putObject("_aws");
    head.put("Timestamp", clock.instant().toEpochMilli());
    ObjectNode directive = head.putArray("CloudWatchMetrics").addObject();
    directive.put("Namespace", namespace);
    ArrayNode names = directive.putArray("Dimensions").addArray();
    directive.putArray("Metrics").addObject().put("Name", series.metric()).put("Unit", unit);
    series
        .dimensions()
        .forEach(
            (name, value) -> {
              names.add(name);
              document.put(name, value);
            });
    return document;
  }

  private void write(ObjectNode document) {
    line.accept(document.toString());
  }

  /**
   * One metric with its dimensions, such as {@code Orders} of a provider and a state.
   *
   * @param dimensions values by name: three at most. Each is one of a few, except hosts
   */
  private record Series(String metric, Map<String, String> dimensions) {

    Series {
      dimensions = Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
    }

    static Series of(String metric) {
      return new Series(metric, Map.of());
    }

    Series with(String dimension, String value) {
      Map<String, String> more = new LinkedHashMap<>(dimensions);
      more.put(dimension, value);
      return new Series(metric, more);
    }
  }
}
