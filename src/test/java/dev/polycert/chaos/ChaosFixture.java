package dev.polycert.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.bench.Targets;
import dev.polycert.provider.contract.MovableClock;
import dev.polycert.sandbox.SandboxServer;
import dev.polycert.server.Server;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The application in this process, and its caller. */
abstract class ChaosFixture {
  /** Longer than any step waits, shorter than any deadline of an order. */
  private static final Duration LATER = Duration.ofMinutes(35);

  @RegisterExtension final Targets targets = new Targets();
  @Inject Server server;
  @Inject SandboxServer sandbox;
  @Inject MovableClock clock;
  Caller caller;

  @BeforeEach
  void startAfresh() {
    caller = new Caller(server.port(), sandbox.port());
    caller.reset();
  }

  /** Sweeps until no order among these could go on by itself. */
  void settle(String provider, List<String> domains) {
    for (int i = 0; i < 6 && !settled(provider, domains); i++) {
      clock.advance(LATER);
      caller.sweep();
    }
  }

  private boolean settled(String provider, List<String> domains) {
    Map<String, JsonNode> orders = caller.orders(provider);
    return domains.stream()
        .map(domain -> Caller.state(orders.get(domain)))
        .noneMatch(state -> List.of("REQUESTED", "UNCERTAIN", "APPLYING").contains(state));
  }
}
