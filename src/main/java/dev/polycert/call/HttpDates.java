package dev.polycert.call;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the headers of an answer that hold a time. */
public final class HttpDates {
  /** Caps the wait that a service asks for; no limit of a vendor lasts longer. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(90);

  private HttpDates() {}

  /** {@code Date} (RFC 9110, section 6.6.1), and other headers of that form. */
  public static Optional<Instant> date(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header.strip(), Instant::from));
    } catch (DateTimeParseException noDate) {
      return Optional.empty();
    }
  }

  /**
   * {@code Retry-After} in both of its forms (RFC 9110, section 10.2.3).
   *
   * @param now the time of the service, as far as it is known
   */
  public static Optional<Duration> retryAfter(@Nullable String header, Instant now) {
    String text = header == null ? "" : header.strip();
    Optional<Duration> wait =
        text.matches("\\d{1,18}")
            ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
            : date(text).map(at -> Duration.between(now, at));
    return wait.filter(Duration::isPositive)
        .map(asked -> asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked);
  }
}
