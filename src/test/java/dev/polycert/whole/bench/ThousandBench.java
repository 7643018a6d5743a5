package dev.polycert.whole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.alibaba.EsaEmulator;
import dev.polycert.sandbox.huawei.ScmEmulator;
import dev.polycert.sandbox.tencent.TencentEdgeOneEmulator;
import dev.polycert.sandbox.tencent.TencentSslEmulator;
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
  private static final int DOMAINS = Integer.getInteger("bench.domains", 1000);
  private static final double SLACK = 1.15;
  private static final double LONGEST_ANSWER = 1;

  /** Of the write, per second. */
  private static final Map<String, Integer> LIMITS =
      Map.of("tencent-ssl", 10, "tencent-edgeone", 20, "alibaba-esa", 10, "huawei-scm", 10);

  private static final Map<String, String> KEYS =
      Map.of(
          "TENCENTCLOUD_SECRET_ID", "FAKEAKEXAMPLE0000000",
          "TENCENTCLOUD_SECRET_KEY", "fake-secret-key-for-tests-only",
          "ALIBABA_CLOUD_ACCESS_KEY_ID", "FAKEAKEXAMPLE0000000",
          "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "fake-secret-key-for-tests-only",
          "HUAWEICLOUD_SDK_AK", "FAKEAKEXAMPLE0000000",
          "HUAWEICLOUD_SDK_SK", "fake-secret-key-for-tests-only",
          "HUAWEICLOUD_SDK_PROJECT_ID", "00000000000000000000000000000000");

  private final RunningSandbox sandbox =
      new RunningSandbox(
          KEYS,
          TencentSslEmulator::new,
          TencentEdgeOneEmulator::new,
          EsaEmulator::new,
          ScmEmulator::new);

  @RegisterExtension final Targets targets = new Targets();
  @TempDir Path directory;

  @Test
  void allAreAppliedForAtTheVendorsSpeed() throws Exception {
    sandbox.start();
    sandbox.control("POST", "reset", "{}");
    sandbox.control(
        "PUT",
        "settings",
        "{\"quota\": {\"tencent-ssl\": 100000, \"tencent-ssl/main-domain\": 100000,"
            + " \"tencent-edgeone\": 100000, \"alibaba-esa\": 100000, \"huawei-scm\": 100000}}");
    Map<String, String> settings =
        Map.of("polycert.server.renew-every", "1s", "polycert.request-timeout", "25s");
    try (App app = new App(sandbox.uri("/"), directory, KEYS, settings);
        ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      app.post("/apply", request(List.of("warm-up.example.com")));
      List<String> domains =
          IntStream.range(0, DOMAINS).mapToObj(i -> "d" + i + ".example.com").toList();
      Instant begin = Instant.now();
      CompletableFuture<JsonObject> bulk =
          CompletableFuture.supplyAsync(() -> app.post("/apply", request(domains)), others);
      List<Double> answers = Collections.synchronizedList(new ArrayList<>());
      int single = 0;
      while (applications(begin).values().stream().mapToInt(List::size).sum()
              < DOMAINS * LIMITS.size() + single * LIMITS.size()
          && Instant.now()
              .isBefore(begin.plus(Duration.ofSeconds(Integer.getInteger("bench.seconds", 600))))) {
        Instant asked = Instant.now();
        JsonObject said =
            app.post("/apply", request(List.of("single" + single++ + ".example.net")));
        if (single < 3) System.out.println(said.encodePrettily());
        answers.add(seconds(asked, Instant.now()));
        System.out.println(
            "PROGRESS "
                + seconds(begin, Instant.now())
                + " "
                + answers.getLast()
                + " "
                + applications(begin).entrySet().stream()
                    .map(
                        e ->
                            e.getKey()
                                + "="
                                + e.getValue().size()
                                + "@"
                                + seconds(begin, e.getValue().getLast()))
                    .toList());
        Thread.sleep(2000);
      }
      assertThat(bulk.join().getJsonArray("entries")).hasSize(DOMAINS * LIMITS.size());
      JsonObject calls = sandbox.control("GET", "calls", "");
      Map<String, List<Instant>> placed = applications(begin);
      LIMITS.forEach((provider, limit) -> tell(provider, limit, begin, placed, calls));
      Collections.sort(answers);
      targets.atMost(
          "one domain meanwhile, p99",
          answers.get((int) Math.ceil(answers.size() * 0.99) - 1),
          LONGEST_ANSWER,
          "s");
      System.out.println(calls.encodePrettily());
    } finally {
      sandbox.stop();
    }
  }

  private void tell(
      String provider,
      int limit,
      Instant begin,
      Map<String, List<Instant>> placed,
      JsonObject calls) {
    List<Instant> times = placed.getOrDefault(provider, List.of());
    double ideal = (double) times.size() / limit;
    targets.tell(provider + ": applications", times.size(), "");
    targets.tell(provider + ": ideal", ideal, "s");
    targets.atMost(
        provider + ": time",
        times.isEmpty() ? 0 : seconds(begin, times.getLast()),
        ideal * SLACK,
        "s");
    JsonObject counts = calls.getJsonObject(provider, new JsonObject());
    int all = counts.stream().mapToInt(count -> (Integer) count.getValue()).sum();
    targets.tell(provider + ": calls an application", (double) all / times.size(), "");
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

  /** When each provider's applications took effect, since that time. */
  private Map<String, List<Instant>> applications(Instant begin) {
    Map<String, List<Instant>> times = new HashMap<>();
    for (Object each : sandbox.control("GET", "ledger", "").getJsonArray("entries")) {
      JsonObject entry = (JsonObject) each;
      Instant time = entry.getInstant("time");
      if (entry.getString("operation").startsWith("Apply") && !time.isBefore(begin)) {
        times.computeIfAbsent(entry.getString("provider"), first -> new ArrayList<>()).add(time);
      }
    }
    return times;
  }
}
