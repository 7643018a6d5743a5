package dev.polycert.whole.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs of others, one a domain and several at once, and measures them together. */
final class Programs {
  private static final Duration CLOCK_TICK = Duration.ofMillis(10);

  private Programs() {}

  /**
   * What they took.
   *
   * @param cpuSeconds of all of them together
   * @param peakMebibytes the most that was resident at one time
   */
  record Ran(double seconds, double cpuSeconds, double peakMebibytes) {}

  /**
   * Runs a command for each domain, which stands where {@code %s} does.
   *
   * @throws IllegalStateException when one of them fails
   */
  static Ran run(String command, Map<String, String> environment, List<String> domains, int atOnce)
      throws Exception {
    double cpuBefore = childrenSeconds();
    long before = System.nanoTime();
    double peak = 0;
    try (ExecutorService runners = Executors.newFixedThreadPool(atOnce)) {
      List<Future<?>> all = new ArrayList<>();
      for (String domain : domains) {
        all.add(
            runners.submit(
                () -> one(command.replace("%s", domain).replace("%1$s", domain), environment)));
      }
      runners.shutdown();
      while (!runners.awaitTermination(100, TimeUnit.MILLISECONDS)) {
        peak = Math.max(peak, resident());
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    double seconds = (System.nanoTime() - before) / 1e9;
    return new Ran(seconds, childrenSeconds() - cpuBefore, peak / 1024);
  }

  private static Void one(String command, Map<String, String> environment) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command.split(" ")).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + ": " + output);
    }
    return null;
  }

  /** User and system time of all children that have ended (proc(5), cutime and cstime). */
  private static double childrenSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
    return ticks * CLOCK_TICK.toMillis() / 1e3;
  }

  /** What the children of this process have resident now but for the servers, in KiB. */
  private static double resident() {
    try (Stream<ProcessHandle> children = ProcessHandle.current().children()) {
      return children
          .filter(child -> child.info().command().filter(Programs::server).isEmpty())
          .mapToLong(child -> memory(child.pid(), "VmRSS"))
          .sum();
    }
  }

  private static boolean server(String command) {
    return command.contains("pebble") || command.contains("knotd");
  }

  /** A line of /proc/…/status, in KiB; 0 for a process that has ended. */
  static long memory(long pid, String what) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith(what + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException ended) {
      return 0;
    }
  }
}
