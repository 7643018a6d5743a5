package dev.polycert.whole.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.whole.bench.Targets;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The packaged application, ended like by a power cut at every request on the way from an
 * application to its certificate with nobody watching: to its table, to the DNS service whose
 * records it writes itself, and to the vendor.
 */
abstract class LifeCrashes {
  private static final String REQUEST_TIMEOUT = "5s";

  /** Longer than a process that is gone may be thought to be at work. */
  private static final Duration LEASE_OVER = Duration.ofSeconds(6);

  private static final Duration LONGEST_LIFE = Duration.ofSeconds(90);

  @RegisterExtension final Targets targets = new Targets();

  /** The providers that keep a DNS record after the issue, because renewals need it. */
  private static final List<String> KEPT = List.of("tencent-edgeone", "aws-acm");

  /** All that was asked of others, by whatever process. */
  final List<String> trace = new ArrayList<>();

  /** Where a process is ended: at its request of that number, before or after it has effect. */
  record Point(String provider, int request, boolean after) {

    String domain() {
      return name("%s-%d-%s".formatted(provider, request, after ? "after" : "before"));
    }
  }

  static String name(String what) {
    return what + "." + Fleet.ZONE;
  }

  /** Ends processes at so many points of all providers; those at which one died. */
  final List<Point> crash(Fleet fleet, List<String> providers, int most) throws Exception {
    List<Point> points = new ArrayList<>();
    for (Point point : chosen(points(fleet, providers), most)) {
      if (dies(fleet, point)) {
        points.add(point);
      }
    }
    assertThat(points).as("points at which a process died").isNotEmpty();
    Thread.sleep(LEASE_OVER);
    return points;
  }

  /** Every request of a life at every provider, twice. */
  private List<Point> points(Fleet fleet, List<String> providers) throws Exception {
    List<Point> points = new ArrayList<>();
    Killer counter = new Killer();
    try (Worker worker = fleet.watched("60s", counter)) {
      for (String provider : providers) {
        prepare(worker.caller(), provider, name("warm-" + provider));
        live(worker.caller(), provider, name("warm-" + provider));
        prepare(worker.caller(), provider, name("count-" + provider));
        int before = counter.trace().size();
        live(worker.caller(), provider, name("count-" + provider));
        List<String> life = List.copyOf(counter.trace().subList(before, counter.trace().size()));
        System.out.println(provider + ": " + life);
        IntStream.rangeClosed(1, life.size())
            .forEach(
                request -> {
                  points.add(new Point(provider, request, false));
                  points.add(new Point(provider, request, true));
                });
      }
    }
    trace.addAll(counter.trace());
    return points;
  }

  private static List<Point> chosen(List<Point> points, int most) {
    List<Point> shuffled = new ArrayList<>(points);
    Collections.shuffle(shuffled, new Random(Scale.seed()));
    return shuffled.subList(0, Math.min(shuffled.size(), most));
  }

  /** Whether the process came to that point; where waits are shorter, a life has fewer requests. */
  private boolean dies(Fleet fleet, Point point) throws Exception {
    Killer killer = new Killer();
    try (Worker victim = fleet.watched(REQUEST_TIMEOUT, killer)) {
      victim.caller().applyAuto(point.provider, name("warm-" + point.provider));
      prepare(victim.caller(), point.provider, point.domain());
      killer.arm(victim, point.request, point.after);
      live(victim.caller(), point.provider, point.domain());
      return false;
    } catch (UncheckedIOException died) {
      killer.awaitKill();
      return true;
    } finally {
      trace.addAll(killer.trace());
    }
  }

  /** What comes before the part of a life in which processes are ended. */
  void prepare(Caller caller, String provider, String domain) throws InterruptedException {}

  /** What a caller asks for, and asks for again if the process has died. */
  JsonNode ask(Caller caller, String provider, String domain) {
    return caller.applyAuto(provider, domain);
  }

  private void live(Caller caller, String provider, String domain) throws InterruptedException {
    follow(caller, ask(caller, provider, domain), this::over);
  }

  static void follow(Caller caller, JsonNode begun, Predicate<JsonNode> over)
      throws InterruptedException {
    Instant end = Instant.now().plus(LONGEST_LIFE);
    JsonNode order = begun;
    while (!over.test(order)) {
      assertThat(Instant.now()).as("%s", order).isBefore(end);
      Thread.sleep(Duration.ofMillis(200));
      order = caller.check(order);
    }
  }

  /** Whether it is issued, and its record taken away where it does not serve renewals too. */
  boolean over(JsonNode order) {
    return issued(order);
  }

  static boolean issued(JsonNode order) {
    boolean stays = KEPT.contains(order.path("provider").asText());
    List<String> records = order.path("publications").findValuesAsText("state");
    return Caller.state(order).equals("ISSUED")
        && !records.isEmpty()
        && records.stream().allMatch(state -> state.equals(stays ? "SEEN" : "REMOVED"));
  }

  /** Callers whose process has died ask again, and sweeps do the rest. */
  void settle(Caller survivor, List<Point> points, Duration longest) throws InterruptedException {
    for (Point point : points) {
      ask(survivor, point.provider, point.domain());
    }
    Instant end = Instant.now().plus(longest);
    while (Instant.now().isBefore(end) && points.stream().anyMatch(it -> waits(survivor, it))) {
      survivor.sweep();
      Thread.sleep(Duration.ofSeconds(2));
    }
  }

  private boolean waits(Caller survivor, Point point) {
    JsonNode order = survivor.orders(point.provider).get(point.domain());
    return !over(order) && !Caller.state(order).equals("UNCERTAIN");
  }
}
