package dev.polycert.whole.bench;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * 500 lists and 50 applications a second at the HTTP server, for a minute, sent when they are due
 * and not when the one before is answered.
 */
class DoorBench {
  private static final int LISTS = 500;
  private static final int APPLICATIONS = 50;
  private static final int SECONDS = 60;
  private static final int WARM_UP = 20;
  private static final double MOST_LIST_MILLIS = 100;
  private static final double MOST_APPLY_MILLIS = 1000;
  private static final double MOST_HEAP = 64;

  /**
   * In MiB: as much as the store's cache of pages holds when it is full, which the orders of the
   * warm-up may not have filled. Half a kilobyte kept of each request would already be more.
   */
  private static final double MOST_GROWTH = 16;

  @RegisterExtension final Targets targets = new Targets();
  @TempDir Path directory;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void listsAndApplicationsTogether() throws Exception {
    try (Vendor vendor = new Vendor();
        App app = new App(vendor.sandbox(), directory, Vendor.KEYS, lifted())) {
      vendor.reset(
          "{\"latency\":\"PT0S\",\"limits\":false,\"quota\":{\"tencent-ssl\":100000,"
              + "\"tencent-ssl/main-domain\":100000}}");
      app.apply(Vendor.domains("first", 1000));
      Load lists = new Load(LISTS, i -> app.request("/orders?limit=20").GET().build());
      Load applications =
          new Load(APPLICATIONS, i -> app.application(List.of("d" + i + ".bench.example")));
      Measured before = Measured.of(app.process(), () -> both(lists, applications, WARM_UP));
      double resident = resident(app);
      lists.clear();
      applications.clear();
      Measured measured = Measured.of(app.process(), () -> both(lists, applications, SECONDS));
      judge("GET /orders", lists, MOST_LIST_MILLIS);
      judge("POST /apply", applications, MOST_APPLY_MILLIS);
      targets.tell("CPU per second", measured.cpuMillis() / SECONDS, "ms");
      targets.tell("peak heap", measured.peakMebibytes(), "MiB");
      targets.tell("heap after GC, before", before.mebibytesAfterGc(), "MiB");
      targets.atMost("heap after GC", measured.mebibytesAfterGc(), MOST_HEAP, "MiB");
      targets.atMost(
          "heap after GC, growth by %d orders".formatted(APPLICATIONS * SECONDS),
          measured.mebibytesAfterGc() - before.mebibytesAfterGc(),
          MOST_GROWTH,
          "MiB");
      targets.tell("resident, before", resident, "MiB");
      targets.tell("resident", resident(app), "MiB");
    }
  }

  private static double resident(App app) {
    return Programs.memory(app.process().pid(), "VmRSS") / 1024.0;
  }

  private static void both(Load one, Load other, int seconds) {
    CompletableFuture.allOf(
            CompletableFuture.runAsync(() -> one.run(seconds), Thread::startVirtualThread),
            CompletableFuture.runAsync(() -> other.run(seconds), Thread::startVirtualThread))
        .join();
  }

  private void judge(String request, Load load, double mostMillis) {
    double[] sorted = load.millis.stream().mapToDouble(each -> each).sorted().toArray();
    String what = "%s, %d/s for %d s: ".formatted(request, load.perSecond, SECONDS);
    targets.tell(what + "p50", sorted[sorted.length / 2], "ms");
    targets.atMost(what + "p99", sorted[sorted.length * 99 / 100], mostMillis, "ms");
    load.errors.forEach((error, count) -> targets.tell(what + error, count.get(), ""));
    targets.atMost(
        what + "errors", load.errors.values().stream().mapToInt(AtomicInteger::get).sum(), 0, "");
  }

  private static Map<String, String> lifted() {
    Map<String, String> settings = new HashMap<>();
    Stream.of("*", "ApplyCertificate", "CheckCertificateDomainVerification")
        .forEach(
            operation ->
                settings.put(
                    "polycert.provider.\"tencent-ssl\".limits.\"" + operation + "\"", "1000000"));
    return settings;
  }

  /** One kind of request at a steady rate. */
  private final class Load {
    private final int perSecond;
    private final IntFunction<HttpRequest> requests;
    private final Queue<Double> millis = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> errors = new ConcurrentHashMap<>();
    private final AtomicInteger sent = new AtomicInteger();

    Load(int perSecond, IntFunction<HttpRequest> requests) {
      this.perSecond = perSecond;
      this.requests = requests;
    }

    void clear() {
      millis.clear();
      errors.clear();
    }

    /** Sends them all, and waits until each is answered. */
    void run(int seconds) {
      Phaser open = new Phaser(1);
      long start = System.nanoTime();
      long spacing = Duration.ofSeconds(1).toNanos() / perSecond;
      for (int i = 0; i < seconds * perSecond; i++) {
        long due = start + i * spacing;
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        send(requests.apply(sent.getAndIncrement()), due, open);
      }
      open.arriveAndAwaitAdvance();
    }

    private void send(HttpRequest request, long due, Phaser open) {
      open.register();
      var _ =
          client
              .sendAsync(request, BodyHandlers.ofString())
              .whenComplete(
                  (answer, failure) -> {
                    millis.add((System.nanoTime() - due) / 1e6);
                    error(answer, failure)
                        .ifPresent(
                            error ->
                                errors
                                    .computeIfAbsent(error, first -> new AtomicInteger())
                                    .incrementAndGet());
                    open.arriveAndDeregister();
                  });
    }

    private static Optional<String> error(
        @Nullable HttpResponse<String> answer, @Nullable Throwable failure) {
      if (answer == null) {
        return Optional.of(String.valueOf(failure));
      }
      if (answer.statusCode() != 200) {
        return Optional.of("status " + answer.statusCode());
      }
      return answer.body().contains("\"error\"")
          ? Optional.of("orders with errors")
          : Optional.empty();
    }
  }
}
