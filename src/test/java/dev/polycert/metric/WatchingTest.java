package dev.polycert.metric;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.call.ErrorClass;
import dev.polycert.order.OrderState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The alert rules, the dashboard and the table of the documentation, against the metrics. */
class WatchingTest {
  /** Labels that Prometheus makes of the parts of a histogram, and adds to what it scrapes. */
  private static final Set<String> PROMETHEUS = Set.of("le", "job", "instance");

  private static final Pattern NAME = Pattern.compile("\\bpolycert_[a-z_]+");
  private static final Pattern MATCHERS = Pattern.compile("(polycert_[a-z_]+)\\{([^}]*)}");
  private static final Pattern MATCHER = Pattern.compile("([a-z]+)\\s*=~?\\s*\"([^\"]*)\"");
  private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");
  private static final Pattern SAMPLE = Pattern.compile("^(polycert_[a-z_]+)(?:\\{(.*)})? .*");
  private static final Pattern ROW = Pattern.compile("^\\| `(polycert_[a-z_]+)`[^|]*\\| (.*) \\|$");

  /** What is counted and measured, by name, with its labels. */
  private static Map<String, Set<String>> metrics() {
    PrometheusMetrics metrics = new PrometheusMetrics(Clock.systemUTC());
    metrics.entered("acme", "ISSUED");
    metrics.noticed("order.failed");
    metrics.sent("ops", true, 1);
    metrics.called("acme", "newOrder", "OK", Duration.ofMillis(5));
    metrics.waited("acme", Duration.ofMillis(5));
    metrics.fannedOut(Duration.ofMillis(5));
    Instant end = Instant.now().plus(Duration.ofDays(9));
    metrics.serves("www.example.com", end, end);
    Map<String, Set<String>> found = new TreeMap<>();
    metrics
        .text()
        .lines()
        .map(SAMPLE::matcher)
        .filter(sample -> sample.matches())
        .forEach(
            sample ->
                found
                    .computeIfAbsent(sample.group(1), name -> new TreeSet<>())
                    .addAll(
                        sample.group(2) == null
                            ? List.of()
                            : MATCHER
                                .matcher(sample.group(2))
                                .results()
                                .map(label -> label.group(1))
                                .toList()));
    return found;
  }

  @Test
  void theTableOfTheDocumentationIsTheMetrics() throws IOException {
    Map<String, Set<String>> documented = new TreeMap<>();
    Files.readString(Path.of("docs/run.md"))
        .lines()
        .map(ROW::matcher)
        .filter(row -> row.matches())
        .forEach(
            row ->
                documented.put(
                    row.group(1),
                    Pattern.compile("`([a-z]+)`(?=[,:])")
                        .matcher(row.group(2).replaceAll("`: .*", "`:"))
                        .results()
                        .map(label -> label.group(1))
                        .collect(Collectors.toCollection(TreeSet::new))));

    Map<String, Set<String>> made = new TreeMap<>();
    metrics()
        .forEach(
            (name, labels) ->
                made.computeIfAbsent(
                        name.replaceAll("_(bucket|sum|count)$", ""), it -> new TreeSet<>())
                    .addAll(labels));
    made.values().forEach(labels -> labels.removeAll(PROMETHEUS));
    assertThat(documented).isEqualTo(made);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy/alerts.yml", "deploy/grafana.json"})
  void whatIsWatchedIsThereWithItsLabels(String file) throws IOException {
    Map<String, Set<String>> metrics = metrics();
    List<String> expressions =
        expressions(read(file)).filter(text -> text.contains("polycert_")).toList();

    assertThat(expressions).isNotEmpty();
    for (String expression : expressions) {
      Set<String> labels = new TreeSet<>(PROMETHEUS);
      NAME.matcher(expression)
          .results()
          .map(MatchResult::group)
          .forEach(
              name -> {
                assertThat(metrics).as(expression).containsKey(name);
                labels.addAll(metrics.get(name));
              });
      BY.matcher(expression)
          .results()
          .flatMap(by -> Arrays.stream(by.group(1).split(",\\s*")))
          .forEach(label -> assertThat(labels).as(expression).contains(label));
      MATCHERS
          .matcher(expression)
          .results()
          .forEach(
              match ->
                  MATCHER
                      .matcher(match.group(2))
                      .results()
                      .forEach(
                          label -> {
                            assertThat(metrics.get(match.group(1)))
                                .as(expression)
                                .contains(label.group(1));
                            assertThat(values(label.group(1)))
                                .as(expression)
                                .contains(label.group(2));
                          }));
    }
  }

  /** The values that a label with a closed list may have. */
  private static Set<String> values(String label) {
    Set<String> values = new TreeSet<>();
    if (label.equals("state")) {
      Arrays.stream(OrderState.values()).forEach(state -> values.add(state.name()));
    } else if (label.equals("outcome")) {
      values.addAll(List.of("OK", "arrived", "lost"));
      Arrays.stream(ErrorClass.values()).forEach(each -> values.add(each.name()));
    }
    return values;
  }

  private static Object read(String file) throws IOException {
    String text = Files.readString(Path.of(file));
    return file.endsWith(".json")
        ? new ObjectMapper().readValue(text, Object.class)
        : new Yaml().load(text);
  }

  private static Stream<String> expressions(Object node) {
    return switch (node) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .flatMap(
                  entry ->
                      entry.getKey().equals("expr")
                          ? Stream.of(String.valueOf(entry.getValue()))
                          : expressions(entry.getValue()));
      case List<?> list -> list.stream().flatMap(WatchingTest::expressions);
      case null, default -> Stream.empty();
    };
  }
}
