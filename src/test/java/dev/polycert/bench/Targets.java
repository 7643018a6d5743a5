package dev.polycert.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Collects what benches measure. A bench that misses a target fails once it has measured all; at
 * the end of the run one table shows the figures of all benches.
 */
public final class Targets implements BeforeEachCallback, AfterTestExecutionCallback {
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
    private static final Path FILE = Path.of("target", "bench.txt");
    private final List<Row> all = new ArrayList<>();

    @Override
    public void close() throws IOException {
      List<String> lines = all.stream().map(Row::toString).map(String::stripTrailing).toList();
      System.out.println("\n" + String.join("\n", lines) + "\n");
      Files.write(FILE, lines);
    }
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
