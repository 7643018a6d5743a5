package dev.polycert.call;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's HTTP answer as it came, not decoded.
 *
 * @param header gives the first value of a header by name, or null
 */
public record HttpAnswer(int status, Function<String, @Nullable String> header, byte[] body) {

  /** {@code Retry-After} in its seconds form (RFC 9110, section 10.2.3), when there is one. */
  public @Nullable Duration retryAfter() {
    String value = header.apply("Retry-After");
    if (value == null || !value.matches("\\d{1,6}")) {
      return null;
    }
    return Duration.ofSeconds(Long.parseLong(value));
  }

  /** {@code Date} (RFC 9110, section 6.6.1), when there is a readable one. */
  @Nullable Instant date() {
    String value = header.apply("Date");
    if (value == null) {
      return null;
    }
    try {
      return DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from);
    } catch (DateTimeParseException noDate) {
      return null;
    }
  }
}
