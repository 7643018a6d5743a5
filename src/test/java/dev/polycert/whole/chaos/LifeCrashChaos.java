package dev.polycert.whole.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Processes that die on the way to the certificates of all vendors. */
class LifeCrashChaos extends LifeCrashes {

  @Test
  void everyOrderEndsWithItsOneCertificate() throws Exception {
    try (Fleet fleet = new Fleet();
        Worker survivor = fleet.worker("60s")) {
      List<Point> points = crash(fleet, Fleet.PROVIDERS, Scale.of(3, Integer.MAX_VALUE));
      settle(survivor.caller(), points, Duration.ofMinutes(Scale.of(2, 10)));

      int uncertain = 0;
      for (Point point : points) {
        JsonNode order = survivor.caller().orders(point.provider()).get(point.domain());
        // Its validation record is in one answer alone; nobody can read it again.
        boolean lost = Caller.state(order).equals("UNCERTAIN");
        assertThat(lost && !point.provider().equals("tencent-edgeone"))
            .as("%s: %s", point, order)
            .isFalse();
        assertThat(lost || over(order)).as("%s: %s", point, order).isTrue();
        assertThat(survivor.caller().applications(point.provider()).get(point.domain()))
            .as("applications after %s: %s", point, order)
            .isEqualTo(1);
        uncertain += lost ? 1 : 0;
      }
      targets.tell("crash points from application to certificate", points.size(), "");
      targets.tell("honestly UNCERTAIN", uncertain, "");
    }
  }
}
