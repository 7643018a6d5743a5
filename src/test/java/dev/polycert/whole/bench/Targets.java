package dev.polycert.whole.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Collects what benches and tests under faults measure. One that misses a target fails once it has
 * measured all; the build prints the figures of all of them in one table at its end.
 */
public final class Targets implements BeforeEachCallback, AfterTestExecutionCallback {
  private static final Path FILE = Path.of("target", "figures.txt");

  private final List<Row> rows = new ArrayList<>();
  private String bench = "";
  private Instant begun = Instant.EPOCH;
  private Table table;

  private record Row(String bench, String what, String figure, String target, boolean met) {
    @Override
    public String toString() {
      String verdict = target.isEmpty() ? "" : met ? "  met" : "  MISSED";
      return "%-18s %-58s %14s  %s%s".formatted(bench, what, figure, target, verdict);
    }
  }

  /** The figures of this process, added to those of the build when its last test is done. */
  private static final class Table implements AutoCloseable {
    private final List<Row> all = new ArrayList<>();
    private final Map<String, Duration> took = new LinkedHashMap<>();

    @Override
    public void close() throws IOException {
      took.forEach(
          (bench, time) -> all.add(new Row(bench, "time", time.toSeconds() + " s", "", true)));
      write(all);
    }
  }

  /** Adds a figure to those of the build, for a test that no extension of this kind can watch. */
  public static void add(String test, String what, double figure, String unit) throws IOException {
    write(List.of(new Row(test, what, text(figure, unit), "", true)));
  }

  private static void write(List<Row> rows) throws IOException {
    List<String> lines = rows.stream().map(Row::toString).map(String::stripTrailing).toList();
    Files.write(FILE, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Notes a figure that has no target. */
  public void tell(String what, double figure, String unit) {
    add(what, figure, unit, "", true);
  }

  /** Notes a figure that must not be larger. */
  public void atMost(String what, double figure, double most, String unit) {
    add(what, figure, unit, "at most " + text(most, unit), figure <= most);
  }

  /** Notes a figure that must not be smaller. */
  public void atLeast(String what, double figure, double least, String unit) {
    add(what, figure, unit, "at least " + text(least, unit), figure >= least);
  }

  /** Notes a figure that must lie between two. */
  public void between(String what, double figure, double least, double most, String unit) {
    String target = text(least, "") + " to " + text(most, unit);
    add(what, figure, unit, target, figure >= least && figure <= most);
  }

  private void add(String what, double figure, String unit, String target, boolean met) {
    rows.add(new Row(bench, what, text(figure, unit), target, met));
  }

  private static String text(double figure, String unit) {
    String number =
        figure == Math.rint(figure)
            ? "%.0f".formatted(figure)
            : String.format(Locale.ROOT, "%.2f", figure);
    return (number + " " + unit).strip();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    bench = context.getRequiredTestClass().getSimpleName();
    begun = Instant.now();
    table =
        context
            .getRoot()
            .getStore(Namespace.create(Targets.class))
            .computeIfAbsent(Table.class, key -> new Table(), Table.class);
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    table.all.addAll(rows);
    table.took.merge(bench, Duration.between(begun, Instant.now()), Duration::plus);
    List<Row> missed = rows.stream().filter(row -> !row.met).toList();
    if (!missed.isEmpty()) {
      throw new AssertionError("missed: " + missed);
    }
  }
}
