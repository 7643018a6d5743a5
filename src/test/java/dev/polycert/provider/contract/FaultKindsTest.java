package dev.polycert.provider.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.testing.JsonHttp;
import dev.polycert.testing.Services;
import dev.polycert.whole.chaos.Scale;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of fault at each provider is reported to the caller, and does no harm. */
@QuarkusTest
@TestProfile(ContractProfile.class)
class FaultKindsTest extends ErrorPlays {
  private static final int ALWAYS = 1000;

  /** Lists may lag behind an unclear write for that long, so that nothing is sent again sooner. */
  private static final Duration SETTLED = Duration.ofMinutes(3);

  /** Codes that are any vendor's own. */
  private static final String OWN = ".+";

  /** An answer that is not the vendor's; Tencent's SDKs have a name for one by its status. */
  private static final String GATEWAY = "Transport.Malformed|HTTP.503|ServerSideError";

  /** What a fault at an application comes to. */
  private enum Effect {
    /** Nothing is wrong with the answer, or it is not looked at. */
    UNDERSTOOD,
    /** Refused, and repeated at once. */
    REPEATED,
    /** It may have been done, and was. */
    DONE,
    /** It may have been done, and was not. */
    NOT_DONE
  }

  /**
   * A kind of fault.
   *
   * @param code the code that is reported to the caller; empty for none
   * @param slow whether it takes all the time that a call may take
   */
  private record Kind(String name, Effect effect, String errorClass, String code, boolean slow) {

    static Kind understood(String name) {
      return new Kind(name, Effect.UNDERSTOOD, "", "", false);
    }

    static Kind retried(String name, Effect effect, String code) {
      return new Kind(name, effect, "RETRY", code, code.equals("Transport.Timeout"));
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          new Kind("THROTTLE", Effect.REPEATED, "THROTTLED", OWN, false),
          Kind.retried("UNAVAILABLE", Effect.NOT_DONE, GATEWAY),
          Kind.retried("REDIRECT", Effect.NOT_DONE, GATEWAY),
          Kind.retried("INTERNAL", Effect.NOT_DONE, OWN),
          Kind.retried("HTML", Effect.NOT_DONE, "Transport.Malformed"),
          Kind.retried("RESET_BEFORE", Effect.NOT_DONE, "Transport.Broken"),
          Kind.retried("RESET_AFTER", Effect.DONE, "Transport.Broken"),
          Kind.retried("SLOW", Effect.DONE, "Transport.Timeout"),
          Kind.retried("MALFORMED", Effect.DONE, "Transport.Malformed"),
          Kind.retried("OVERSIZE", Effect.DONE, "Transport.TooLarge"),
          Kind.understood("NO_REQUEST_ID"),
          Kind.retried("GZIP_BOMB", Effect.DONE, "Transport.Malformed"),
          Kind.retried("DEEP_JSON", Effect.DONE, "Transport.Malformed"),
          Kind.understood("WRONG_TYPES"),
          Kind.understood("DUPLICATE_KEYS"),
          Kind.understood("WRONG_DATE"),
          Kind.understood("STALE"),
          Kind.retried("SLOW_LORIS", Effect.DONE, "Transport.Timeout"),
          // Whichever bound is met first: the size of a head, or the time.
          new Kind("ENDLESS_HEADERS", Effect.DONE, "RETRY", "Transport.(Broken|Timeout)", true),
          Kind.retried("ENDLESS_CONTINUE", Effect.DONE, "Transport.Timeout"),
          Kind.retried("LARGE_HEADER", Effect.DONE, "Transport.Broken"),
          Kind.retried("TRUNCATED", Effect.DONE, "Transport.Broken"),
          Kind.retried("HALF_CLOSE", Effect.DONE, "Transport.Broken"),
          Kind.retried("WRONG_LENGTH", Effect.DONE, "Transport.Malformed"));

  /** The faults whose code reaches the caller as it was set. */
  private static final Set<String> AT_WILL = Set.of("CODE", "EDIT", "ECHO");

  private record Case(Kind kind, String provider, String write, String look) {

    /** Only this answer of EdgeOne says what to publish, and a domain has one application. */
    boolean asksAgain() {
      return provider.equals("tencent-edgeone");
    }

    @Override
    public String toString() {
      return kind.name + " " + provider;
    }
  }

  static Stream<Case> cases() {
    return KINDS.stream()
        .flatMap(
            kind ->
                Stream.of(
                    new Case(kind, "tencent-ssl", "ApplyCertificate", "DescribeCertificate"),
                    new Case(
                        kind,
                        "tencent-edgeone",
                        "ApplyFreeCertificate",
                        "CheckFreeCertificateVerification"),
                    new Case(kind, "alibaba-cas", "ApplyCertificate", "GetInstanceDetail"),
                    new Case(kind, "alibaba-esa", "ApplyCertificate", "GetCertificate"),
                    new Case(kind, "huawei-scm", "ApplyCertificate", "ShowCertificate"),
                    new Case(kind, "aws-acm", "RequestCertificate", "DescribeCertificate")));
  }

  @Test
  void noKindIsForgotten() {
    URI faults = URI.create("http://127.0.0.1:" + sandbox.port() + "/_sandbox/faults");
    String kinds = new JsonHttp().send("POST", faults, "{\"kind\":\"none\"}").body();

    assertThat(kinds.replaceAll(".*\\[|\\].*", "").split(", "))
        .filteredOn(kind -> !AT_WILL.contains(kind))
        .containsExactlyInAnyOrderElementsOf(
            KINDS.stream().map(Kind::name).collect(Collectors.toSet()));
  }

  @Test
  void noProviderIsForgotten() {
    assertThat(cases().map(Case::provider).distinct())
        .containsExactlyInAnyOrderElementsOf(Services.emulatedProviders());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anApplicationIsMadeOnceAndTheCallerIsToldWhatWentWrong(Case play) {
    caller.fault(FaultSpec.of(play.provider, play.write, play.kind.name));

    JsonNode entry = caller.apply(play.provider, domain);

    switch (play.kind.effect) {
      case UNDERSTOOD, REPEATED -> {
        assertThat(entry.path("state").asText())
            .as(entry.toPrettyString())
            .isEqualTo("PENDING_VALIDATION");
        assertThat(entry.has("error")).isFalse();
      }
      case DONE -> {
        assertThat(entry.path("state").asText()).isIn("PENDING_VALIDATION", "UNCERTAIN");
        assertThat(caller.order(entry).get("history").findValuesAsText("why"))
            .anyMatch(why -> why.matches("RETRY (" + play.kind.code + ")\\b.*"));
      }
      case NOT_DONE -> {
        assertThat(entry.path("state").asText()).isEqualTo("UNCERTAIN");
        assertTold(entry, play.kind);
      }
    }
    clock.advance(SETTLED);
    assertThat(caller.check(entry).path("state").asText()).isEqualTo("PENDING_VALIDATION");
    boolean once =
        play.kind.effect == Effect.UNDERSTOOD
            || (play.kind.effect == Effect.DONE && !play.asksAgain());
    assertThat(caller.calls(play.provider, play.write)).isEqualTo(once ? 1 : 2);
    assertThat(caller.applications(play.provider, domain)).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aLookThatShowsNothingIsToldAndChangesNothing(Case play) {
    assumeTrue(!play.kind.slow || Scale.soak(), "a case of the long runs");
    JsonNode applied = caller.apply(play.provider, domain);
    int before = caller.calls(play.provider, play.look);
    caller.fault(FaultSpec.of(play.provider, play.look, play.kind.name).times(ALWAYS));

    JsonNode checked = caller.check(applied);

    assertThat(checked.path("state").asText()).isEqualTo("PENDING_VALIDATION");
    if (play.kind.effect == Effect.UNDERSTOOD) {
      assertThat(checked.at("/error/class").asText()).isIn("", "PENDING");
    } else {
      assertTold(checked, play.kind);
      assertThat(caller.calls(play.provider, play.look) - before)
          .isEqualTo(ContractProfile.ATTEMPTS);
    }
    caller.control("DELETE", "faults", "");
    caller.publish(checked.get("validations"));
    JsonNode issued = caller.check(checked);
    assertThat(issued.path("state").asText()).as(issued.toPrettyString()).isEqualTo("ISSUED");
  }

  private static void assertTold(JsonNode order, Kind kind) {
    JsonNode error = order.path("error");
    assertThat(error.path("class").asText()).as(order.toPrettyString()).isEqualTo(kind.errorClass);
    assertThat(error.path("code").asText()).matches(kind.code);
    assertThat(error.path("retryable").asBoolean()).isTrue();
    assertThat(error.path("message").asText()).isNotEmpty();
  }

  /** A list that lags behind by minutes, while the answer to the application was lost. */
  @ParameterizedTest
  @MethodSource("stale")
  void aListThatLagsBehindLeadsToNoSecondApplication(Case play) {
    caller.fault(FaultSpec.of(play.provider, play.write, "RESET_AFTER"));
    caller.fault(FaultSpec.of(play.provider, "*", "STALE").with("age", "PT2M").times(ALWAYS));

    JsonNode entry = caller.apply(play.provider, domain);
    for (Duration wait : List.of(Duration.ofSeconds(50), Duration.ofSeconds(50))) {
      clock.advance(wait);
      assertThat(caller.check(entry).path("state").asText())
          .isIn("UNCERTAIN", "APPLYING", "PENDING_VALIDATION");
    }
    clock.advance(SETTLED);

    JsonNode last = caller.check(entry);
    if (last.path("state").asText().equals("PENDING_INFORMATION")) {
      // An instance that is seen to be prepared is applied with then, and looked at once more.
      clock.advance(Duration.ofSeconds(10));
      caller.check(entry);
      clock.advance(Duration.ofSeconds(10));
      last = caller.check(entry);
    }
    assertThat(last.path("state").asText()).isEqualTo("PENDING_VALIDATION");
    assertThat(caller.calls(play.provider, play.write)).isEqualTo(play.asksAgain() ? 2 : 1);
    assertThat(caller.applications(play.provider, domain)).isEqualTo(1);
  }

  static Stream<Case> stale() {
    return cases().filter(play -> play.kind.name.equals("STALE"));
  }
}
