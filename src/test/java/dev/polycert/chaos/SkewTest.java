package dev.polycert.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vendors whose clocks are not ours. */
@QuarkusTest
@TestProfile(ChaosProfile.class)
class SkewTest extends ChaosFixture {

  /** Lets Polycert find out that the clocks agree again. */
  @AfterEach
  void clocksAgree() {
    skew("PT0S");
    for (String provider : List.of("tencent-ssl", "tencent-edgeone", "alibaba-esa", "huawei-scm")) {
      caller.apply(provider, List.of("www.agree-" + System.nanoTime() + ".com"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tencent-ssl, PT6M",
    "tencent-ssl, PT-25H",
    "tencent-edgeone, PT-6M",
    "tencent-edgeone, PT25H",
    "alibaba-esa, PT16M",
    "alibaba-esa, PT-25H",
    "huawei-scm, PT-16M",
    "huawei-scm, PT25H"
  })
  void isMeasuredAndCorrectedOnce(String provider, String skew) {
    skew(skew);
    String first = "www.skew1" + provider + skew.replaceAll("\\W", "").toLowerCase() + ".com";
    String second = first.replace("skew1", "skew2");

    assertThat(Caller.state(caller.apply(provider, List.of(first)).getFirst()))
        .isEqualTo("PENDING_VALIDATION");
    int calls = caller.journal().size();
    assertThat(Caller.state(caller.apply(provider, List.of(second)).getFirst()))
        .isEqualTo("PENDING_VALIDATION");

    // The first domain cost one call more, the one that was refused for its date.
    assertThat(caller.journal()).hasSize(2 * calls - 1);
    assertThat(caller.applications(provider)).containsOnlyKeys(first, second);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tencent-ssl", "alibaba-esa", "huawei-scm"})
  void isNamedWhereTheCorrectionDoesNotHelp(String provider) {
    skew("PT25H");
    caller.fault(provider, "WRONG_DATE", 1, "", Map.of());

    JsonNode entry = caller.apply(provider, List.of("www.lied-" + provider + ".com")).getFirst();

    assertThat(entry.path("error").path("class").asText()).isEqualTo("CLOCK");
    assertThat(entry.path("error").path("message").asText())
        .containsPattern("this machine's clock is \\d+:\\d\\d:\\d\\d h ahead of the vendor's");
    caller.clearFaults();
  }

  private void skew(String skew) {
    caller.control("PUT", "settings", "{\"skew\": \"" + skew + "\"}");
  }
}
