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
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The packaged application, ended like by a power cut at every request that it makes to its table
 * or to a vendor: before it arrives there, and after it has taken effect. These are all the points
 * at which the outside differs: before and after each record of an intent or a result, each
 * vendor's call, and each record that is announced to others.
 */
class CrashChaos {
  private static final String REQUEST_TIMEOUT = "3s";
  private static final Duration SETTLED = Duration.ofSeconds(60);
  private static final List<String> WAITING =
      List.of("REQUESTED", "APPLYING", "PENDING_INFORMATION");

  @RegisterExtension final Targets targets = new Targets();

  /** Where a process is ended: at its request of that number, before or after it has effect. */
  private record Point(String provider, int request, boolean after) {

    String domain() {
      return "www.crash-%s-%d-%s.com".formatted(provider, request, after ? "after" : "before");
    }
  }

  @Test
  void nothingIsLostOrAppliedForTwice() throws Exception {
    try (Fleet fleet = new Fleet();
        Worker survivor = fleet.worker("60s")) {
      List<Point> points = chosen(points(fleet));
      for (Point point : points) {
        crash(fleet, point);
      }
      Thread.sleep(Duration.ofSeconds(4));

      // Callers whose process has died ask again.
      for (Point point : points) {
        survivor.caller().apply(point.provider, List.of(point.domain()));
      }
      settle(survivor, points);

      judge(survivor.caller(), points);
    }
  }

  /** Every request of an application at every provider, twice. */
  private static List<Point> points(Fleet fleet) throws Exception {
    List<Point> points = new ArrayList<>();
    Killer counter = new Killer();
    try (Worker worker = fleet.watched("60s", counter)) {
      for (String provider : Fleet.PROVIDERS) {
        worker.caller().apply(provider, List.of("www.warm-" + provider + ".com"));
        counter.trace().clear();
        worker.caller().apply(provider, List.of("www.count-" + provider + ".com"));
        System.out.println(provider + ": " + counter.trace());
        IntStream.rangeClosed(1, counter.trace().size())
            .forEach(
                request -> {
                  points.add(new Point(provider, request, false));
                  points.add(new Point(provider, request, true));
                });
      }
    }
    return points;
  }

  private static List<Point> chosen(List<Point> points) {
    List<Point> shuffled = new ArrayList<>(points);
    Collections.shuffle(shuffled, new Random(Scale.seed()));
    return shuffled.subList(0, Math.min(shuffled.size(), Scale.of(4, Integer.MAX_VALUE)));
  }

  private static void crash(Fleet fleet, Point point) throws Exception {
    Killer killer = new Killer();
    try (Worker victim = fleet.watched(REQUEST_TIMEOUT, killer)) {
      victim.caller().apply(point.provider, List.of("www.warm-" + point.provider + ".com"));
      killer.arm(victim, point.request, point.after);
      try {
        victim.caller().apply(point.provider, List.of(point.domain()));
      } catch (UncheckedIOException died) {
        killer.awaitKill();
        return;
      }
      throw new AssertionError("it did not die at " + point);
    }
  }

  private static void settle(Worker survivor, List<Point> points) throws InterruptedException {
    Instant end = Instant.now().plus(SETTLED);
    while (Instant.now().isBefore(end) && !waiting(survivor.caller(), points).isEmpty()) {
      survivor.caller().sweep();
      Thread.sleep(Duration.ofSeconds(2));
    }
    assertThat(waiting(survivor.caller(), points)).isEmpty();
  }

  private static List<Point> waiting(Caller caller, List<Point> points) {
    List<Point> waiting = new ArrayList<>();
    for (String provider : Fleet.PROVIDERS) {
      Map<String, JsonNode> orders = caller.orders(provider);
      points.stream()
          .filter(point -> point.provider.equals(provider))
          .filter(point -> WAITING.contains(Caller.state(orders.get(point.domain()))))
          .forEach(waiting::add);
    }
    return waiting;
  }

  private void judge(Caller caller, List<Point> points) {
    int uncertain = 0;
    targets.tell("crash points", points.size(), "");
    targets.atMost("applied for twice, or lost", wrong(caller, points), 0, "");
    for (Point point : points) {
      JsonNode order = caller.orders(point.provider).get(point.domain());
      assertThat(caller.applications(point.provider).get(point.domain()))
          .as("applications after %s: %s", point, order)
          .isEqualTo(1);
      assertThat(Caller.state(order))
          .as("%s: %s", point, order)
          .isIn("PENDING_VALIDATION", "UNCERTAIN");
      uncertain += Caller.state(order).equals("UNCERTAIN") ? 1 : 0;
    }
    targets.tell("honestly UNCERTAIN", uncertain, "");
  }

  private static int wrong(Caller caller, List<Point> points) {
    int wrong = 0;
    for (String provider : Fleet.PROVIDERS) {
      List<String> domains =
          points.stream()
              .filter(point -> point.provider.equals(provider))
              .map(Point::domain)
              .toList();
      wrong += Caller.wrong(caller.applications(provider), domains);
    }
    return wrong;
  }
}
