package dev.polycert.call;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's HTTP answer as it came, not decoded.
 *
 * @param header gives the first value of a header by name, or null
 */
public record HttpAnswer(int status, Function<String, @Nullable String> header, byte[] body) {

  /**
   * {@code Retry-After} (RFC 9110, section 10.2.3), when there is one; a date is counted from that
   * of the answer.
   */
  public @Nullable Duration retryAfter() {
    Instant date = date();
    return HttpDates.retryAfter(header.apply("Retry-After"), date == null ? Instant.MAX : date)
        .orElse(null);
  }

  /** {@code Date} (RFC 9110, section 6.6.1), when there is a readable one. */
  @Nullable Instant date() {
    return HttpDates.date(header.apply("Date")).orElse(null);
  }
}
