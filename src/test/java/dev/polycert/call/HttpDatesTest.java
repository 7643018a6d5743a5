package dev.polycert.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDatesTest {
  private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "120                           | PT2M",
        "172800                        | P2D",
        "Mon, 30 Nov 2026 10:00:00 GMT | P2D",
        "999999999999999               | P90D",
        "Mon, 30 Nov 2099 10:00:00 GMT | P90D"
      })
  void aWaitIsReadInBothForms(String header, Duration wait) {
    assertThat(HttpDates.retryAfter(header, NOW)).contains(wait);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "soon", "1.5", "Fri, 27 Nov 2026 10:00:00 GMT"})
  void whatNamesNoTimeToComeIsNoWait(String header) {
    assertThat(HttpDates.retryAfter(header, NOW)).isEmpty();
  }

  @Test
  void anAnswersDateToWaitForIsCountedFromItsOwnDate() {
    var answer =
        new HttpAnswer(
            429,
            Map.of(
                    "Date", "Sat, 28 Nov 2026 08:00:00 GMT",
                    "Retry-After", "Sat, 28 Nov 2026 10:00:00 GMT")
                ::get,
            new byte[0]);

    assertThat(answer.retryAfter()).isEqualTo(Duration.ofHours(2));
    assertThat(
            new HttpAnswer(
                    429, Map.of("Retry-After", "Sat, 28 Nov 2026 10:00:00 GMT")::get, new byte[0])
                .retryAfter())
        .as("no clock to count it by")
        .isNull();
  }
}
