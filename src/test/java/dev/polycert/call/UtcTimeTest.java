package dev.polycert.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTimeTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-21 18:49:44, 2026-11-21T18:49:44Z",
    "'2026-11-21 18:49:44 ', 2026-11-21T18:49:44Z",
    "2026-11-21 18:49:44.0, 2026-11-21T18:49:44Z",
    "2026-11-21T18:49:44Z, 2026-11-21T18:49:44Z",
    "2026-11-21T18:49:44+08:00, 2026-11-21T10:49:44Z"
  })
  void readsBothForms(String text, Instant instant) {
    assertThat(UtcTime.parse(text)).isEqualTo(instant);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "soon", "2026-13-01 00:00:00", "1700000000"})
  void takesNothingElseForATime(String text) {
    assertThat(UtcTime.parse(text)).isNull();
  }
}
