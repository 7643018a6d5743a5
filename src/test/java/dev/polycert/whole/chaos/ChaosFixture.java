package dev.polycert.whole.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.provider.contract.MovableClock;
import dev.polycert.sandbox.SandboxServer;
import dev.polycert.server.Server;
import dev.polycert.testing.Services;
import dev.polycert.whole.bench.Targets;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The application in this process, and its caller. */
abstract class ChaosFixture {
  static final List<String> PROVIDERS = Services.emulatedProviders();

  /** Longer than any step waits, shorter than any deadline of an order. */
  private static final Duration LATER = Duration.ofMinutes(35);

  private static final int MOST_IDLE = 6;

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

  /** Sweeps until no order among these could go on by itself, or none does any more. */
  void settle(String provider, List<String> domains) {
    int idle = 0;
    long open = open(provider, domains);
    while (open > 0 && idle < MOST_IDLE) {
      sweepLater();
      long left = open(provider, domains);
      idle = left < open ? 0 : idle + 1;
      open = left;
    }
  }

  /** Takes the next step of every order. */
  void sweepLater() {
    clock.advance(LATER);
    caller.sweep();
  }

  private long open(String provider, List<String> domains) {
    Map<String, JsonNode> orders = caller.orders(provider);
    return domains.stream()
        .map(domain -> Caller.state(orders.get(domain)))
        .filter(state -> List.of("REQUESTED", "UNCERTAIN", "APPLYING").contains(state))
        .count();
  }
}
