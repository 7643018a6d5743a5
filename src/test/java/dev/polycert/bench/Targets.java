package dev.polycert.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * Collects what benches measure. A bench that misses a target fails once it has measured all; at
 * the end of the run one table shows the figures of all benches.
 */
public final class Targets implements BeforeEachCallback, AfterTestExecutionCallback {
  private static final Path FILE = Path.of("target", "bench.txt");

  private final List<Row> rows = new ArrayList<>();
  private String bench = "";
  private Table table;

  private record Row(String bench, String what, String figure, String target, boolean met) {
    @Override
    public String toString() {
      String verdict = target.isEmpty() ? "" : met ? "  met" : "  MISSED";
      return "%-18s %-58s %14s  %s%s".formatted(bench, what, figure, target, verdict);
    }
  }

  /** The figures of all benches, printed and kept when the last one is done. */
  private static final class Table implements AutoCloseable {
    private final List<Row> all = new ArrayList<>();

    @Override
    public void close() throws IOException {
      System.out.println("\n" + String.join("\n", keep(all)) + "\n");
    }
  }

  /** Keeps a figure for the table, for a test that no extension of this kind can watch. */
  public static void keep(String bench, String what, double figure, String unit)
      throws IOException {
    keep(List.of(new Row(bench, what, text(figure, unit), "", true)));
  }

  /** Puts rows in the place of older ones; one build has several JVMs that measure. */
  private static synchronized List<String> keep(List<Row> rows) throws IOException {
    Map<String, String> lines = new LinkedHashMap<>();
    if (Files.exists(FILE)) {
      Files.readAllLines(FILE).forEach(line -> lines.put(key(line), line));
    }
    rows.stream()
        .map(row -> row.toString().stripTrailing())
        .forEach(line -> lines.put(key(line), line));
    Files.write(FILE, lines.values());
    return List.copyOf(lines.values());
  }

  /** What stands before the figure. */
  private static String key(String line) {
    return line.replaceFirst("^(.{77}).*", "$1");
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
    table =
        context
            .getRoot()
            .getStore(Namespace.create(Targets.class))
            .computeIfAbsent(Table.class, key -> new Table(), Table.class);
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    table.all.addAll(rows);
    List<Row> missed = rows.stream().filter(row -> !row.met).toList();
    if (!missed.isEmpty()) {
      throw new AssertionError("missed: " + missed);
    }
  }
}
