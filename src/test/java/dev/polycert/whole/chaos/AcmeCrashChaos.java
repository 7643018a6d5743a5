package dev.polycert.whole.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.testing.RequiresPrograms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Processes that die on the way to the certificates of a real ACME CA.
 *
 * <p>An order that a CA has and nobody finalizes never becomes a certificate (RFC 8555, section
 * 7.4), and no client can look for one whose answer was lost. So what must not happen twice is that
 * an order is finalized.
 */
@RequiresPrograms("pebble")
class AcmeCrashChaos extends LifeCrashes {
  private static final String ACME = "acme";
  private static final String NEW_ORDER = "POST /order-plz";
  private static final String FINALIZE = "POST /finalize-order/";

  @Test
  void everyOrderEndsWithItsOneCertificate() throws Exception {
    Killer after = new Killer();
    try (Fleet fleet = new Fleet(true)) {
      List<Point> points = crash(fleet, List.of(ACME), Scale.of(2, Integer.MAX_VALUE));
      try (Worker survivor = fleet.watched("60s", after)) {
        settle(survivor.caller(), points, Duration.ofMinutes(Scale.of(2, 10)));
        trace.addAll(after.trace());
        judge(survivor.caller(), points);
      }
    }
  }

  private void judge(Caller caller, List<Point> points) {
    Map<String, JsonNode> all = caller.orders(ACME);
    for (Point point : points) {
      JsonNode order = all.get(point.domain());
      assertThat(over(order)).as("%s: %s", point, order).isTrue();
      assertThat(order.path("generation").asInt()).isEqualTo(1);
    }
    assertThat(trace.stream().filter(it -> it.startsWith(FINALIZE)).distinct())
        .as("orders that were finalized")
        .hasSize(all.size());
    targets.tell("crash points at an ACME CA", points.size(), "");
    long orders = trace.stream().filter(NEW_ORDER::equals).count();
    targets.tell("orders that nobody finalized", orders - all.size(), "");
  }
}
