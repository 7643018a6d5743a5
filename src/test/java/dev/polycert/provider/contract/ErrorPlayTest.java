package dev.polycert.provider.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.provider.ErrorClass;
import dev.polycert.sandbox.SandboxServer;
import dev.polycert.server.Server;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lets the vendors answer with every error code there is, and looks what the caller sees of it. */
@QuarkusTest
@TestProfile(ContractProfile.class)
class ErrorPlayTest {
  private static final AtomicInteger DOMAINS = new AtomicInteger();
  private static final int ALWAYS = 1000;

  @Inject Server server;
  @Inject SandboxServer sandbox;
  @Inject MovableClock clock;

  private final String domain = "play-" + DOMAINS.incrementAndGet() + ".example.com";
  private Caller caller;

  static Stream<ErrorPlay> plays() {
    return Stream.of("tencent-ssl", "tencent-edgeone", "alibaba-esa", "huawei-scm")
        .map(ErrorPlay::of)
        .flatMap(List::stream);
  }

  @BeforeEach
  void reset() {
    caller = new Caller(server.port(), sandbox.port());
    caller.control("POST", "reset", "{}");
  }

  @AfterEach
  void backToTheMachinesTime() {
    clock.reset();
  }

  @ParameterizedTest
  @MethodSource("plays")
  void anErrorOfTheVendorIsToldAndActedUpon(ErrorPlay play) {
    JsonNode told = play(play);

    assertThat(told.path("state").asText()).as(told.toPrettyString()).isEqualTo(play.state());
    assertThat(caller.status()).isEqualTo(play.state().equals("REQUESTED") ? 202 : 200);
    assertTold(told.path("error"), play);
    caller.control("DELETE", "faults", "");
    assertGoesOn(told, play);
  }

  /** Brings an order to the operation, which is refused for as long as somebody asks. */
  private JsonNode play(ErrorPlay play) {
    ObjectNode options = options(play);
    JsonNode applied =
        play.setting().equals("check") ? caller.apply(play.provider(), domain) : null;
    int before = caller.calls(play.provider(), play.operation());
    caller.fault(
        FaultSpec.code(play.provider(), play.operation(), play.status(), play.code())
            .with("message", "About " + play.code())
            .with("requestId", "request-of-" + domain)
            .times(ALWAYS));
    JsonNode told =
        applied != null ? caller.check(applied) : caller.apply(play.provider(), domain, options);
    assertThat(caller.calls(play.provider(), play.operation()) - before).isEqualTo(play.calls());
    return told;
  }

  private ObjectNode options(ErrorPlay play) {
    ObjectNode options = Caller.JSON.createObjectNode();
    switch (play.setting()) {
      case "paid" ->
          options.set(
              "certificateId",
              caller
                  .control("POST", play.provider() + "/paid", "{\"domain\":\"" + domain + "\"}")
                  .get("certificateId"));
      case "buy" -> {
        caller.control("POST", play.provider() + "/stock", "{\"count\":0}");
        options.put("buy", "true");
      }
      default -> {}
    }
    return options;
  }

  private void assertTold(JsonNode error, ErrorPlay play) {
    ErrorClass told = told(play);
    assertThat(error.path("class").asText()).isEqualTo(told.name());
    assertThat(error.path("code").asText()).isEqualTo(play.code());
    assertThat(error.path("message").asText()).startsWith("About " + play.code());
    assertThat(error.path("requestId").asText()).isEqualTo("request-of-" + domain);
    assertThat(error.path("retryable").asBoolean()).isEqualTo(told.retryable());
  }

  /** "Applied for already" is final once a look shows that it is not by us. */
  private static ErrorClass told(ErrorPlay play) {
    return play.errorClass() == ErrorClass.ALREADY_APPLIED ? ErrorClass.FINAL : play.errorClass();
  }

  /** What is not final goes on when the vendor has recovered, and is applied for once. */
  private void assertGoesOn(JsonNode told, ErrorPlay play) {
    if (play.state().equals("FAILED")) {
      assertThat(caller.applications(play.provider(), domain)).isZero();
      return;
    }
    clock.advance(Duration.ofMinutes(3));
    JsonNode pending = caller.check(told);
    assertThat(pending.path("state").asText()).isEqualTo("PENDING_VALIDATION");
    assertThat(pending.path("error").path("class").asText()).isIn("", "PENDING");
    assertThat(caller.applications(play.provider(), domain)).isEqualTo(1);
  }
}
