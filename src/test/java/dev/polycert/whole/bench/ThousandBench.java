package dev.polycert.whole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.sandbox.EveryVendor;
import dev.polycert.sandbox.RunningSandbox;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * 1,000 domains at four vendors within their documented limits, which the vendors enforce, by the
 * packaged application as it ships; and single requests meanwhile.
 */
class ThousandBench {
  private static final int DOMAINS = 1000;
  private static final double SLACK = 1.15;
  private static final double LONGEST_ANSWER = 1;
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final String BULK = "example.com";
  private static final String OTHERS = "example.net";

  /** Of the write, per second. */
  private static final Map<String, Integer> LIMITS =
      Map.of("tencent-ssl", 10, "tencent-edgeone", 20, "alibaba-esa", 10, "huawei-scm", 10);

  private static final Map<String, String> WRITES =
      Map.of(
          "tencent-ssl", "ApplyCertificate",
          "tencent-edgeone", "ApplyFreeCertificate",
          "alibaba-esa", "ApplyCertificate",
          "huawei-scm", "ApplyCertificate");

  private static final List<String> OPEN =
      List.of("REQUESTED", "PENDING_VALIDATION", "PENDING_INFORMATION", "APPLYING", "UNCERTAIN");

  private final RunningSandbox sandbox = EveryVendor.create();

  @RegisterExtension final Targets targets = new Targets();
  @TempDir Path directory;

  @Test
  void allAreAppliedForAtTheVendorsSpeed() throws Exception {
    sandbox.start();
    sandbox.control("POST", "reset", "{}");
    sandbox.control("PUT", "settings", new JsonObject().put("quota", quota()).encode());
    Map<String, String> settings =
        Map.of("polycert.server.renew-every", "1s", "polycert.request-timeout", "25s");
    try (App app = new App(sandbox, directory, EveryVendor.KEYS, settings);
        ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      app.post("/apply", request(List.of("warm-up." + OTHERS)));
      List<String> domains =
          IntStream.range(0, DOMAINS).mapToObj(i -> "d" + i + "." + BULK).toList();
      Instant begin = Instant.now();
      CompletableFuture<JsonObject> bulk =
          CompletableFuture.supplyAsync(() -> app.post("/apply", request(domains)), others);
      List<Double> answers = new ArrayList<>();
      while (applications().values().stream().mapToInt(List::size).sum()
          < DOMAINS * LIMITS.size()) {
        assertThat(Instant.now()).isBefore(begin.plus(LONGEST));
        Instant asked = Instant.now();
        app.post("/apply", request(List.of("single" + answers.size() + "." + OTHERS)));
        answers.add(seconds(asked, Instant.now()));
        Thread.sleep(PAUSE);
      }
      JsonObject calls = sandbox.control("GET", "calls", "");
      assertThat(bulk.join().getJsonArray("entries")).hasSize(DOMAINS * LIMITS.size());
      Map<String, List<Instant>> placed = applications();
      WRITES.forEach(
          (provider, write) ->
              report(provider, write, begin, placed.get(provider), calls, answers.size() + 1));
      Collections.sort(answers);
      double p99 = answers.get((int) Math.ceil(answers.size() * 0.99) - 1);
      targets.atMost("one domain at four vendors meanwhile, p99", p99, LONGEST_ANSWER, "s");
      publishAll(app);
      reportIssued(app, Instant.now());
    } finally {
      sandbox.stop();
    }
  }

  private void publishAll(App app) {
    JsonObject page = new JsonObject().put("next", "");
    while (page.containsKey("next")) {
      String cursor = page.getString("next");
      page = app.get("/orders?limit=200" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      JsonArray validations = new JsonArray();
      for (Object order : page.getJsonArray("orders")) {
        validations.addAll(((JsonObject) order).getJsonArray("validations", new JsonArray()));
      }
      sandbox.control("POST", "publish", new JsonObject().put("validations", validations).encode());
    }
  }

  /** The time until the last certificate of each provider, without a request to check it. */
  private void reportIssued(App app, Instant published) throws InterruptedException {
    List<String> waiting = new ArrayList<>(LIMITS.keySet());
    while (!waiting.isEmpty()) {
      assertThat(Instant.now()).isBefore(published.plus(LONGEST));
      Thread.sleep(PAUSE);
      for (String provider : List.copyOf(waiting)) {
        boolean issued =
            OPEN.stream()
                .map(state -> "/orders?limit=1&provider=" + provider + "&state=" + state)
                .allMatch(question -> app.get(question).getJsonArray("orders").isEmpty());
        if (issued) {
          waiting.remove(provider);
          targets.tell(
              provider + ": from publishing to the last certificate",
              seconds(published, Instant.now()),
              "s");
        }
      }
    }
  }

  private static JsonObject quota() {
    JsonObject quota = new JsonObject().put("tencent-ssl/main-domain", 100_000);
    LIMITS.keySet().forEach(provider -> quota.put(provider, 100_000));
    return quota;
  }

  private void report(
      String provider,
      String write,
      Instant begin,
      List<Instant> placed,
      JsonObject calls,
      int singles) {
    double ideal = (double) DOMAINS / LIMITS.get(provider);
    double took = seconds(begin, Collections.max(placed));
    targets.tell(provider + ": by its limit", ideal, "s");
    targets.atMost(provider + ": until the last application", took, ideal * SLACK, "s");
    JsonObject counts = calls.getJsonObject(provider);
    int all = counts.stream().mapToInt(count -> (Integer) count.getValue()).sum();
    targets.tell(provider + ": calls an application", (double) all / (DOMAINS + singles), "");
    targets.tell(
        provider + ": applications sent twice or throttled",
        counts.getInteger(write) - DOMAINS - singles,
        "");
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1e3;
  }

  private static JsonObject request(List<String> domains) {
    return new JsonObject()
        .put("domains", new JsonArray(domains))
        .put("providers", new JsonArray(List.copyOf(LIMITS.keySet())))
        .put(
            "information",
            new JsonObject()
                .put(
                    "administrator",
                    new JsonObject()
                        .put("firstName", "Ming")
                        .put("lastName", "Li")
                        .put("phone", "13800000000")
                        .put("email", "li@example.com"))
                .put("agreePrivacyProtection", true));
  }

  /** When each provider's applications for the bulk took effect. */
  private Map<String, List<Instant>> applications() {
    Map<String, List<Instant>> times = new HashMap<>();
    for (Object each : sandbox.control("GET", "ledger", "").getJsonArray("entries")) {
      JsonObject entry = (JsonObject) each;
      String provider = entry.getString("provider");
      if (entry.getString("operation").equals(WRITES.get(provider))
          && entry.getString("domain").endsWith("." + BULK)) {
        times.computeIfAbsent(provider, first -> new ArrayList<>()).add(entry.getInstant("time"));
      }
    }
    return times;
  }
}
