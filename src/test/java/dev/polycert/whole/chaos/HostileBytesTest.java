package dev.polycert.whole.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.ErrorClass;
import dev.polycert.order.OrderState;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Six domains in a hundred, or some more of few, whose every answer may be anything. */
@QuarkusTest
@TestProfile(RatedProfile.class)
class HostileBytesTest extends ChaosFixture {
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
          "ENDLESS_CONTINUE",
          "LARGE_HEADER",
          "TRUNCATED",
          "HALF_CLOSE",
          "WRONG_LENGTH");

  /** The share of the calls that each kind hits: two in three go bad. */
  private static final double SHARE = 2.0 / 3 / KINDS.size();

  private static final double MOST_TIME = 1.10;
  private static final double MOST_HEAP = 24;
  private static final double MOST_OPEN = 20;

  /** How often hostile orders are taken a step further until each kind was met. */
  private static final int MOST_ROUNDS = 6;

  @ParameterizedTest
  @MethodSource("dev.polycert.testing.Services#emulatedProviders")
  void doNotTouchTheOthers(String provider) throws Exception {
    assumeTrue(provider.equals("tencent-ssl") || Scale.soak(), "a case of the long runs");
    String label = provider.replace("-", "");
    // As many as SCM lists: some are taken by applications under way, some by hostile ones.
    caller.control("POST", "huawei-scm/stock", "{\"count\": 150, \"wildcards\": 0}");
    List<String> alone = Caller.domains(label + "alone", Scale.of(94, 940));
    List<String> good = Caller.domains(label + "good", Scale.of(94, 940));
    List<String> hostile = Caller.domains(label + "hostile", Scale.of(24, 60));
    caller.apply(provider, Caller.domains(label + "warm", 50));
    caller.apply(provider, alone);
    Duration before = took(label + "alone");
    // As many connections as a sweep needs stay open.
    sweepLater();
    double heap = heap();
    int files = open("");
    int sockets = open("socket:");
    hostile(provider, label);

    List<JsonNode> entries = caller.apply(provider, mixed(good, hostile));

    Duration after = took(label + "good");
    for (int i = 0; i < MOST_ROUNDS && !met().containsAll(KINDS); i++) {
      sweepLater();
    }
    Set<String> met = met();
    caller.clearFaults();
    settle(provider, hostile);
    assertThat(met).as("kinds of faults that happened").containsExactlyInAnyOrderElementsOf(KINDS);
    assertOthersAreDone(entries, good);
    assertTyped(entries, hostile);
    judge(provider, hostile);
    System.gc();
    Thread.sleep(Duration.ofSeconds(1));
    String what =
        "%s, %d of %d hostile: time of the others / alone"
            .formatted(provider, hostile.size(), entries.size());
    double times = (double) after.toMillis() / before.toMillis();
    if (Scale.soak()) {
      targets.atMost(what, times, MOST_TIME, "");
    } else {
      // Too short a time to be a verdict on a machine that does other things.
      targets.tell(what, times, "");
    }
    targets.atMost("heap after / before", heap() - heap, MOST_HEAP, "MiB");
    targets.atMost("open files after / before", open("") - files, MOST_OPEN, "");
    targets.atMost("open sockets after / before", open("socket:") - sockets, MOST_OPEN, "");
  }

  /** Of what the kinds before it leave, each kind takes so much that all get the same share. */
  private void hostile(String provider, String label) {
    for (int i = 0; i < KINDS.size(); i++) {
      String kind = KINDS.get(i);
      // Longer ago than this, and what Polycert sends again would be the vendor's fault.
      Map<String, Object> more = kind.equals("STALE") ? Map.of("age", "PT2M") : Map.of();
      caller.fault(provider, kind, SHARE / (1 - i * SHARE), label + "hostile", more);
    }
  }

  private static List<String> mixed(List<String> good, List<String> hostile) {
    List<String> mixed = new ArrayList<>(good);
    mixed.addAll(hostile);
    Collections.shuffle(mixed, new Random(Scale.seed()));
    return mixed;
  }

  /** The kinds of faults that have happened. */
  private Set<String> met() {
    return caller.journal().stream()
        .map(Caller.Call::fault)
        .filter(fault -> !fault.isEmpty())
        .collect(Collectors.toSet());
  }

  private void assertOthersAreDone(List<JsonNode> entries, List<String> good) {
    List<JsonNode> others =
        entries.stream().filter(entry -> good.contains(entry.get("domain").asText())).toList();
    assertThat(others).hasSameSizeAs(good);
    assertThat(others)
        .filteredOn(
            entry -> !Caller.state(entry).equals("PENDING_VALIDATION") || entry.has("error"))
        .as(() -> story(others))
        .isEmpty();
  }

  /** The calls about those that did not go as they should. */
  private String story(List<JsonNode> entries) {
    return entries.stream()
        .filter(entry -> entry.has("error"))
        .map(entry -> "" + story(entry.get("domain").asText()))
        .collect(Collectors.joining("\n"));
  }

  /** Each has a state, and an error of a class that there is and that is not our own fault. */
  private static void assertTyped(List<JsonNode> entries, List<String> hostile) {
    List<String> states = Arrays.stream(OrderState.values()).map(Enum::name).toList();
    List<String> classes = Arrays.stream(ErrorClass.values()).map(Enum::name).toList();
    assertThat(entries)
        .filteredOn(entry -> hostile.contains(entry.get("domain").asText()))
        .hasSameSizeAs(hostile)
        .allSatisfy(
            entry -> {
              assertThat(Caller.state(entry)).isIn(states);
              if (!Caller.state(entry).equals("PENDING_VALIDATION")) {
                assertThat(entry.at("/error/class").asText()).as(entry.toString()).isIn(classes);
                assertThat(entry.at("/error/code").asText()).isNotEmpty().isNotEqualTo("Internal");
              }
            });
  }

  private void judge(String provider, List<String> hostile) {
    assertThat(caller.applications(provider))
        .allSatisfy(
            (domain, count) -> assertThat(count).as("%s: %s", domain, story(domain)).isEqualTo(1));
    var orders = caller.orders(provider);
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

  /** The calls about a domain. */
  private List<String> story(String domain) {
    return caller.journal().stream()
        .filter(call -> call.about().contains(domain))
        .map(call -> call.at() + " " + call.operation() + " " + call.fault())
        .toList();
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

  /** How many files this process has open whose name begins so; sockets are among them. */
  private static int open(String name) throws IOException {
    int open = 0;
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      for (Path file : files.toList()) {
        open += target(file).startsWith(name) ? 1 : 0;
      }
    }
    return open;
  }

  private static String target(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException closed) {
      return "";
    }
  }
}
