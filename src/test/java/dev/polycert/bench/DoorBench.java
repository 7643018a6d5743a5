package dev.polycert.bench;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Stream;
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
  private static final double MOST_LIST_MILLIS = 100;
  private static final double MOST_APPLY_MILLIS = 1000;
  private static final double MOST_HEAP = 64;

  @RegisterExtension final Targets targets = new Targets();
  @TempDir Path directory;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void listsAndApplicationsTogether() throws Exception {
    try (Vendor vendor = new Vendor();
        App app = new App(vendor.uri(), directory, lifted())) {
      vendor.reset(
          "{\"latency\":\"PT0S\",\"limits\":false,\"quota\":{\"tencent-ssl\":100000,"
              + "\"tencent-ssl/main-domain\":100000}}");
      app.apply(Vendor.domains("warm", 1000));
      Load lists = new Load(LISTS, i -> app.request("/orders?limit=20").GET().build());
      Load applications = new Load(APPLICATIONS, i -> app.application(Vendor.domains("d" + i, 1)));
      lists.run(5);
      lists.clear();
      Measured measured =
          Measured.of(
              app.process(),
              () -> {
                Thread other = Thread.startVirtualThread(() -> applications.run(SECONDS));
                lists.run(SECONDS);
                join(other);
              });
      judge("GET /orders", lists, MOST_LIST_MILLIS);
      judge("POST /apply", applications, MOST_APPLY_MILLIS);
      targets.tell("CPU per second", measured.cpuMillis() / SECONDS, "ms");
      targets.tell("peak heap", measured.peakMebibytes(), "MiB");
      targets.atMost("heap after GC", measured.mebibytesAfterGc(), MOST_HEAP, "MiB");
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void judge(String what, Load load, double mostMillis) {
    double[] sorted = load.millis.stream().mapToDouble(each -> each).sorted().toArray();
    what = "%s, %d/s for %d s: ".formatted(what, load.perSecond, SECONDS);
    targets.tell(what + "p50", sorted[sorted.length / 2], "ms");
    targets.atMost(what + "p99", sorted[sorted.length * 99 / 100], mostMillis, "ms");
    targets.atMost(what + "errors", load.errors.get(), 0, "");
  }

  private static Map<String, String> lifted() {
    Map<String, String> settings = new HashMap<>();
    settings.put("polycert.provider.\"tencent-ssl\".concurrency", "50");
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
    private final AtomicInteger errors = new AtomicInteger();

    Load(int perSecond, IntFunction<HttpRequest> requests) {
      this.perSecond = perSecond;
      this.requests = requests;
    }

    void clear() {
      millis.clear();
      errors.set(0);
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
        send(requests.apply(i), due, open);
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
                    boolean done = answer != null && answer.statusCode() == 200;
                    errors.addAndGet(done && !answer.body().contains("\"error\"") ? 0 : 1);
                    open.arriveAndDeregister();
                  });
    }
  }
}
