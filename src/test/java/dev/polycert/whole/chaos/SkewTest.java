package dev.polycert.whole.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Vendors whose clocks are not ours. */
@QuarkusTest
@TestProfile(ChaosProfile.class)
class SkewTest extends ChaosFixture {

  /** How far the vendors let a signature's date be off. */
  private static final Map<String, Duration> TOLERANCES =
      Map.of(
          "tencent-ssl", Duration.ofMinutes(5),
          "tencent-edgeone", Duration.ofMinutes(5),
          "alibaba-esa", Duration.ofMinutes(15),
          "alibaba-cas", Duration.ofMinutes(15),
          "aws-acm", Duration.ofMinutes(5),
          "huawei-scm", Duration.ofMinutes(15));

  private static final List<String> SKEWS =
      List.of("PT6M", "PT-6M", "PT16M", "PT-16M", "PT25H", "PT-25H");

  /** Every provider with every skew that it does not, or does, let pass. */
  private static Stream<Arguments> pairs(boolean refused) {
    return PROVIDERS.stream()
        .flatMap(
            provider ->
                SKEWS.stream()
                    .filter(skew -> refused == isRefused(provider, skew))
                    .map(skew -> Arguments.of(provider, skew)));
  }

  private static boolean isRefused(String provider, String skew) {
    return Duration.parse(skew).abs().compareTo(TOLERANCES.get(provider)) > 0;
  }

  static Stream<Arguments> refused() {
    return pairs(true);
  }

  static Stream<Arguments> harmless() {
    return pairs(false);
  }

  /** Lets Polycert find out that the clocks agree again. */
  @AfterEach
  void clocksAgree() {
    for (String provider : PROVIDERS) {
      calls(provider, "PT0S");
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void isMeasuredAndCorrectedOnce(String provider, String skew) {
    int usual = usual(provider);

    // The call that was refused for its date is made again, and none after it.
    assertThat(calls(provider, skew)).isEqualTo(usual + 1);
    assertThat(calls(provider, skew)).isEqualTo(usual);
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void isNotNoticedWhereTheVendorLetsItPass(String provider, String skew) {
    int usual = usual(provider);

    assertThat(calls(provider, skew)).isEqualTo(usual);
  }

  /** The calls of an application while the clocks agree. */
  private int usual(String provider) {
    calls(provider, "PT0S");
    return calls(provider, "PT0S");
  }

  /** Applies for one domain, the only one that the vendor has: how many calls that takes. */
  private int calls(String provider, String skew) {
    caller.reset();
    skew(skew);
    String domain = "www.skew-" + System.nanoTime() + ".com";
    JsonNode entry = caller.apply(provider, List.of(domain)).getFirst();
    assertThat(Caller.state(entry)).as(entry.toString()).isEqualTo("PENDING_VALIDATION");
    assertThat(entry.has("error")).isFalse();
    assertThat(caller.applications(provider)).containsOnly(Map.entry(domain, 1));
    return caller.journal().size();
  }

  /** The code of Huawei and AWS for it is the one for wrong keys, too: that is what it stays. */
  @ParameterizedTest
  @CsvSource({
    "tencent-ssl, CLOCK",
    "tencent-edgeone, CLOCK",
    "alibaba-esa, CLOCK",
    "alibaba-cas, CLOCK",
    "aws-acm, CREDENTIALS",
    "huawei-scm, CREDENTIALS"
  })
  void isNamedWhereTheCorrectionDoesNotHelp(String provider, String errorClass) {
    for (String skew : SKEWS.stream().filter(skew -> isRefused(provider, skew)).toList()) {
      caller.reset();
      skew(skew);
      caller.fault(provider, "WRONG_DATE", 1, "", Map.of());

      String domain = "www.lied-" + System.nanoTime() + ".com";
      JsonNode entry = caller.apply(provider, List.of(domain)).getFirst();

      assertThat(entry.at("/error/class").asText()).as(entry.toString()).isEqualTo(errorClass);
      assertThat(entry.at("/error/message").asText())
          .containsPattern("this machine's clock is \\d+:\\d\\d:\\d\\d h ahead of the vendor's");
      assertThat(caller.journal()).as("asked once more").hasSize(2);
      assertThat(caller.applications(provider)).isEmpty();
      caller.clearFaults();
      clocksAgree();
    }
  }

  private void skew(String skew) {
    caller.control("PUT", "settings", "{\"skew\": \"" + skew + "\"}");
  }
}
