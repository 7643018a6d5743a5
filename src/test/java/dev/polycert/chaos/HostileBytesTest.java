package dev.polycert.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Six domains in a hundred whose every answer may be anything. */
@QuarkusTest
@TestProfile(ChaosProfile.class)
class HostileBytesTest extends ChaosFixture {
  private static final String PROVIDER = "tencent-ssl";
  private static final List<String> KINDS =
      List.of(
          "THROTTLE",
          "UNAVAILABLE",
          "REDIRECT",
          "INTERNAL",
          "HTML",
          "RESET_BEFORE",
          "RESET_AFTER",
          "SLOW",
          "MALFORMED",
          "OVERSIZE",
          "NO_REQUEST_ID",
          "GZIP_BOMB",
          "DEEP_JSON",
          "WRONG_TYPES",
          "DUPLICATE_KEYS",
          "WRONG_DATE",
          "STALE",
          "SLOW_LORIS",
          "ENDLESS_HEADERS",
          "LARGE_HEADER",
          "TRUNCATED",
          "HALF_CLOSE",
          "WRONG_LENGTH");

  /** Each kind hits this share of what the kinds before it have left: two calls in three go bad. */
  private static final double RATE = 0.05;

  private static final double MOST_TIME = 1.10;
  private static final double MOST_HEAP = 24;
  private static final double MOST_FILES = 20;

  @Test
  void doNotTouchTheOthers() throws Exception {
    int count = Scale.of(200, 1000);
    List<String> alone = Caller.domains("alone", count * 94 / 100);
    List<String> good = Caller.domains("good", count * 94 / 100);
    List<String> hostile = Caller.domains("hostile", count * 6 / 100);
    caller.apply(PROVIDER, Caller.domains("warm", 50));
    caller.apply(PROVIDER, alone);
    Duration before = took("alone");
    double heap = heap();
    int files = files();
    for (String kind : KINDS) {
      caller.fault(PROVIDER, kind, RATE, "hostile", Map.of());
    }

    List<JsonNode> entries = caller.apply(PROVIDER, mixed(good, hostile));

    Duration after = took("good");
    caller.clearFaults();
    settle(PROVIDER, hostile);
    judge(entries, good, hostile);
    System.gc();
    Thread.sleep(Duration.ofSeconds(1));
    targets.atMost(
        "%d of %d hostile: time of the others / alone".formatted(hostile.size(), count),
        (double) after.toMillis() / before.toMillis(),
        MOST_TIME,
        "");
    targets.atMost("heap after / before", heap() - heap, MOST_HEAP, "MiB");
    targets.atMost("open files after / before", files() - files, MOST_FILES, "");
  }

  private static List<String> mixed(List<String> good, List<String> hostile) {
    List<String> mixed = new ArrayList<>(good);
    mixed.addAll(hostile);
    Collections.shuffle(mixed, new Random(Scale.seed()));
    return mixed;
  }

  private void judge(List<JsonNode> entries, List<String> good, List<String> hostile) {
    assertThat(entries)
        .noneMatch(entry -> entry.path("error").path("code").asText().equals("Internal"));
    assertThat(entries)
        .filteredOn(entry -> good.contains(entry.get("domain").asText()))
        .hasSameSizeAs(good)
        .allMatch(entry -> Caller.state(entry).equals("PENDING_VALIDATION"))
        .allMatch(entry -> !entry.has("error"));
    var applications = caller.applications(PROVIDER);
    assertThat(applications.values()).allMatch(count -> count == 1);
    var orders = caller.orders(PROVIDER);
    long placed =
        hostile.stream().filter(domain -> state(orders, domain, "PENDING_VALIDATION")).count();
    targets.tell("hostile domains that were placed in the end", placed, "");
    assertThat(hostile)
        .as("those that are not placed say so")
        .allMatch(
            domain ->
                state(orders, domain, "PENDING_VALIDATION")
                    || state(orders, domain, "FAILED")
                    || state(orders, domain, "UNCERTAIN"));
  }

  private static boolean state(Map<String, JsonNode> orders, String domain, String state) {
    return Caller.state(orders.get(domain)).equals(state);
  }

  /** From the first call about those domains to the last. */
  private Duration took(String label) {
    List<Instant> calls =
        caller.journal().stream()
            .filter(call -> !call.domain(label).isEmpty())
            .map(Caller.Call::at)
            .sorted()
            .toList();
    return Duration.between(calls.getFirst(), calls.getLast());
  }

  private static double heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0;
  }

  private static int files() {
    String[] open = new File("/proc/self/fd").list();
    return open == null ? 0 : open.length;
  }
}
