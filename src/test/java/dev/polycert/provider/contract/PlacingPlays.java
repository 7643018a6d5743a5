package dev.polycert.provider.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.ErrorClass;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays of errors until a certificate is issued; those who extend this say which. */
abstract class PlacingPlays extends ErrorPlays {

  @ParameterizedTest
  @MethodSource("plays")
  void anErrorOfTheVendorIsToldAndActedUpon(ErrorPlay play) {
    JsonNode told = play(play);

    assertThat(told.path("state").asText()).as(told.toPrettyString()).isEqualTo(play.state());
    assertThat(caller.status()).isEqualTo(play.state().equals("REQUESTED") ? 202 : 200);
    if (play.setting().equals("apply") && play.state().equals("PENDING_VALIDATION")) {
      assertThat(told.has("error")).as("what was only asked to be told").isFalse();
    } else {
      assertTold(told.path("error"), play, told(play));
    }
    caller.control("DELETE", "faults", "");
    assertGoesOn(told, play);
  }

  /** Brings an order to the operation, which is refused for as long as somebody asks. */
  private JsonNode play(ErrorPlay play) {
    Map<String, String> options = options(play);
    JsonNode applied =
        play.setting().equals("check") ? caller.apply(play.provider(), domain) : null;
    return played(
        play,
        () ->
            applied != null
                ? caller.check(applied)
                : caller.apply(play.provider(), domain, options));
  }

  private Map<String, String> options(ErrorPlay play) {
    return switch (play.setting()) {
      case "paid" -> Map.of("certificateId", bought(play.provider()));
      case "buy" -> {
        caller.control("POST", play.provider() + "/stock", "{\"count\":0}");
        yield Map.of("buy", "true");
      }
      case "site" -> {
        openSite(play.provider() + "/site");
        yield Map.of("verifySite", "true");
      }
      default -> Map.of();
    };
  }

  /** A site that is not active yet, although its owner has done what is asked of him. */
  private void openSite(String path) {
    JsonNode site = caller.control("POST", path, "{\"name\":\"example.com\",\"active\":false}");
    caller.control(
        "PUT",
        "dns",
        Caller.JSON
            .createObjectNode()
            .put("name", "_esaauth.example.com")
            .put("type", "TXT")
            .put("value", site.get("VerifyCode").asText())
            .toString());
  }

  private String bought(String provider) {
    return caller
        .control("POST", provider + "/paid", "{\"domain\":\"" + domain + "\"}")
        .get("certificateId")
        .asText();
  }

  /** "Applied for already" is final once a look shows that it is not by us. */
  private static ErrorClass told(ErrorPlay play) {
    return play.errorClass() == ErrorClass.ALREADY_APPLIED && play.state().equals("FAILED")
        ? ErrorClass.FINAL
        : play.errorClass();
  }

  /** What is not final goes on when the vendor has recovered, and is applied for once. */
  private void assertGoesOn(JsonNode told, ErrorPlay play) {
    if (play.state().equals("FAILED")) {
      assertThat(caller.applications(play.provider(), domain)).isZero();
      return;
    }
    clock.advance(Duration.ofMinutes(3));
    if (play.setting().equals("site")) {
      // The site is verified first, and applied for with the step that follows.
      assertThat(caller.check(told).path("state").asText()).isEqualTo("REQUESTED");
    }
    JsonNode pending = caller.check(told);
    assertThat(pending.path("state").asText()).isEqualTo("PENDING_VALIDATION");
    assertThat(pending.path("error").path("class").asText()).isIn("", "PENDING");
    assertThat(caller.applications(play.provider(), domain)).isEqualTo(1);
  }
}
