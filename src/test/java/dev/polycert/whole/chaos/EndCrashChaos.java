package dev.polycert.whole.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that die while they end applications and certificates. */
class EndCrashChaos extends LifeCrashes {
  /**
   * How each provider ends a certificate at once; SCM revokes it later, and ESA deletes none in
   * use.
   */
  private static final Map<String, String> ENDS =
      Map.of(
          "alibaba-cas", "REVOKE",
          "aws-acm", "DELETE",
          "huawei-scm", "DELETE",
          "tencent-ssl", "REVOKE");

  private final Map<String, JsonNode> begun = new HashMap<>();
  private boolean pending;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsToEndHasEnded(boolean pending) throws Exception {
    this.pending = pending;
    try (Fleet fleet = new Fleet();
        Worker survivor = fleet.worker("60s")) {
      List<Point> points =
          crash(fleet, ENDS.keySet().stream().sorted().toList(), Scale.of(2, Integer.MAX_VALUE));
      settle(survivor.caller(), points, Duration.ofMinutes(Scale.of(2, 10)));

      for (Point point : points) {
        JsonNode order = survivor.caller().orders(point.provider()).get(point.domain());
        assertThat(over(order)).as("%s: %s", point, order).isTrue();
        assertThat(order.path("generation").asInt()).isEqualTo(1);
        assertThat(survivor.caller().applications(point.provider()).get(point.domain()))
            .as("applications after %s: %s", point, order)
            .isEqualTo(1);
      }
      targets.tell(
          "crash points at the end of " + (pending ? "applications" : "certificates"),
          points.size(),
          "");
    }
  }

  @Override
  void prepare(Caller caller, String provider, String domain) throws InterruptedException {
    if (pending) {
      caller.apply(provider, List.of(domain));
    }
    JsonNode order =
        pending ? caller.orders(provider).get(domain) : caller.applyAuto(provider, domain);
    follow(
        caller,
        order,
        it -> pending ? Caller.state(it).equals("PENDING_VALIDATION") : LifeCrashes.issued(it));
    begun.put(domain, order);
  }

  @Override
  JsonNode ask(Caller caller, String provider, String domain) {
    return caller.end(
        Objects.requireNonNull(begun.get(domain)),
        pending ? "CANCEL" : ENDS.getOrDefault(provider, ""));
  }

  @Override
  boolean over(JsonNode order) {
    return List.of("CANCELLED", "REVOKED").contains(Caller.state(order));
  }
}
