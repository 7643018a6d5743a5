package dev.polycert.provider.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.ErrorClass;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lets the vendors refuse with every throttling code there is, and say when to come again. */
@QuarkusTest
@TestProfile(ContractProfile.class)
class HintPlayTest extends ErrorPlays {
  private static final Duration HINT = Duration.ofHours(1);

  static Stream<ErrorPlay> throttled() {
    Set<String> settings = Set.of("apply REQUESTED", "check PENDING_VALIDATION");
    return ErrorPlay.all(true)
        .filter(play -> play.errorClass() == ErrorClass.THROTTLED)
        .filter(play -> settings.contains(play.setting() + " " + play.state()));
  }

  @ParameterizedTest
  @MethodSource("throttled")
  void aVendorThatSaysWhenToComeAgainIsNotAskedBefore(ErrorPlay play) {
    JsonNode applied =
        play.setting().equals("check") ? caller.apply(play.provider(), domain) : null;
    int before = caller.calls(play.provider(), play.operation());
    Instant again = clock.instant().plus(HINT);
    caller.fault(
        FaultSpec.code(play.provider(), play.operation(), play.status(), play.code())
            .with("retryAfter", HINT.toString()));

    JsonNode told = applied != null ? caller.check(applied) : caller.apply(play.provider(), domain);

    assertThat(told.path("state").asText()).as(told.toPrettyString()).isEqualTo(play.state());
    assertThat(told.at("/error/class").asText()).isEqualTo("THROTTLED");
    assertThat(told.at("/error/code").asText()).isEqualTo(play.code());
    assertThat(Instant.parse(told.get("nextStepAt").asText())).isAfterOrEqualTo(again);
    assertThat(caller.calls(play.provider(), play.operation()) - before).isEqualTo(1);
    clock.advance(HINT);
    JsonNode pending = caller.check(told);
    assertThat(pending.path("state").asText()).isEqualTo("PENDING_VALIDATION");
    assertThat(pending.at("/error/class").asText()).isIn("", "PENDING");
  }
}
