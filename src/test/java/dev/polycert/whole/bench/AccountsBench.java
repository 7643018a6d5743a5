package dev.polycert.whole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * 100 domains at two accounts of one vendor in one request. The vendor takes 10 applications a
 * second from each: both get theirs at the same time, in the time that one alone would take.
 */
class AccountsBench {
  private static final int DOMAINS = 100;
  private static final int LIMIT = 10;
  private static final double SECONDS = (double) DOMAINS / LIMIT;
  private static final double TOLERANCE = 0.05;

  private static final List<String> PROVIDERS = List.of("tencent-ssl", "tencent-ssl@prod2");
  private static final List<String> ACCOUNTS = List.of("default", "prod2");

  @RegisterExtension final Targets targets = new Targets();
  @TempDir Path directory;

  private static Map<String, String> keys() {
    Map<String, String> keys = new HashMap<>(Vendor.KEYS);
    keys.put("POLYCERT_ACCOUNT__PROD2__TENCENTCLOUD_SECRET_ID", "FAKEAKPROD20000000000");
    keys.put("POLYCERT_ACCOUNT__PROD2__TENCENTCLOUD_SECRET_KEY", "fake-secret-key-of-prod2");
    return keys;
  }

  @Test
  void eachAccountHasItsLimitForItself() throws Exception {
    try (Vendor vendor = new Vendor(keys());
        App app = new App(vendor.sandbox(), directory, environment(), Map.of())) {
      vendor.reset("{\"limits\":true}");
      app.apply(Vendor.domains("warm", 50), PROVIDERS);
      // The windows of the limits are over then.
      Thread.sleep(1000);
      vendor.beginJournal();
      long before = System.nanoTime();
      app.apply(Vendor.domains("d", DOMAINS), PROVIDERS);
      double wall = (System.nanoTime() - before) / 1e9;

      List<JsonObject> writes =
          vendor.journal().stream()
              .filter(call -> call.getString("operation").equals("ApplyCertificate"))
              .toList();
      long throttled = writes.stream().filter(call -> call.getBoolean("throttled")).count();
      assertThat(writes.size() - throttled).isEqualTo((long) DOMAINS * ACCOUNTS.size());
      String what = "%d domains at 2 accounts: ".formatted(DOMAINS);
      targets.between(
          what + "wall", wall, SECONDS * (1 - TOLERANCE), SECONDS * (1 + TOLERANCE), "s");
      for (String account : ACCOUNTS) {
        List<Instant> times =
            writes.stream()
                .filter(call -> call.getString("account").equals(account))
                .map(call -> Instant.parse(call.getString("at")))
                .toList();
        String whose = what + account + ", ";
        targets.tell(whose + "writes a second", rate(times), "");
        targets.tell(whose + "shortest time of eleven writes", closest(times), "ms");
      }
      targets.atMost(what + "throttled", throttled, 0, "");
    }
  }

  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(keys());
    environment.put("POLYCERT_ACCOUNT__PROD2__VENDOR", "tencent");
    return environment;
  }

  private static double rate(List<Instant> times) {
    Duration took = Duration.between(times.getFirst(), times.getLast());
    return (times.size() - 1) / (took.toMillis() / 1e3);
  }

  private static long closest(List<Instant> times) {
    return IntStream.range(LIMIT, times.size())
        .mapToLong(i -> Duration.between(times.get(i - LIMIT), times.get(i)).toMillis())
        .min()
        .orElse(0);
  }
}
