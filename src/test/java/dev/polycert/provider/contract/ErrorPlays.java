package dev.polycert.provider.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.ErrorClass;
import dev.polycert.sandbox.SandboxServer;
import dev.polycert.server.Server;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What plays of errors are made of: a caller, a domain of his own, and a vendor that refuses. */
abstract class ErrorPlays {
  private static final AtomicInteger DOMAINS = new AtomicInteger();
  private static final int ALWAYS = 1000;

  @Inject Server server;
  @Inject SandboxServer sandbox;
  @Inject MovableClock clock;

  final String domain = "play-" + DOMAINS.incrementAndGet() + ".example.com";
  Caller caller;

  @BeforeEach
  final void reset() {
    caller = new Caller(server.port(), sandbox.port());
    caller.control("POST", "reset", "{}");
  }

  @AfterEach
  final void backToTheMachinesTime() {
    clock.reset();
  }

  /** How the vendor refuses. */
  FaultSpec refusal(ErrorPlay play) {
    return FaultSpec.code(play.provider(), play.operation(), play.status(), play.code());
  }

  /** Repeats a refused call for as long as a caller asks, and collects the reports. */
  final JsonNode played(ErrorPlay play, Supplier<JsonNode> work) {
    int before = caller.calls(play.provider(), play.operation());
    caller.fault(
        refusal(play)
            .with("message", "About " + play.code())
            .with("requestId", "request-of-" + domain)
            .times(ALWAYS));
    JsonNode told = work.get();
    assertThat(caller.calls(play.provider(), play.operation()) - before).isEqualTo(play.calls());
    return told;
  }

  /** Tells the vendor's own words, and what they mean. */
  final void assertTold(JsonNode error, ErrorPlay play, ErrorClass meant) {
    assertThat(error.path("class").asText()).isEqualTo(meant.name());
    assertThat(error.path("code").asText()).isEqualTo(play.code());
    assertThat(error.path("message").asText()).startsWith("About " + play.code());
    assertThat(error.path("requestId").asText()).isEqualTo("request-of-" + domain);
    assertThat(error.path("retryable").asBoolean()).isEqualTo(meant.retryable());
  }
}
