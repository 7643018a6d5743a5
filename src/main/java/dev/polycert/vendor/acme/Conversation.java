package dev.polycert.vendor.acme;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one call at a CA may take, and what its last answer said beside its body: acme4j's
 * exceptions do not tell. Belongs to one thread at a time.
 */
final class Conversation {
  /** Who asks for more waits for no answer of ours. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final Clock clock;
  private Instant deadline = Instant.EPOCH;
  private int status;
  private boolean acme;
  private @Nullable Duration retryAfter;

  Conversation(Clock clock) {
    this.clock = clock;
  }

  void begin(Instant until) {
    deadline = until;
    status = 0;
    acme = false;
    retryAfter = null;
  }

  void answered(int code, HttpHeaders headers) {
    status = code;
    acme = headers.firstValue("Replay-Nonce").isPresent();
    retryAfter = headers.firstValue("Retry-After").flatMap(this::wait).orElse(null);
  }

  Duration left() {
    return Duration.between(clock.instant(), deadline);
  }

  /** The status of the last answer; 0 when there was none. */
  int status() {
    return status;
  }

  /** Whether the last answer says that there is no such thing, and comes from an ACME server. */
  boolean absent() {
    return status == 404 && acme;
  }

  /** How long the last answer asked to wait (RFC 9110, section 10.2.3). */
  @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** When to ask again, as the last answer said. */
  Optional<Instant> retryAt() {
    return Optional.ofNullable(retryAfter).map(clock.instant()::plus);
  }

  private Optional<Duration> wait(String header) {
    String text = header.strip();
    try {
      Duration wait =
          text.matches("\\d{1,9}")
              ? Duration.ofSeconds(Long.parseLong(text))
              : Duration.between(
                  clock.instant(),
                  ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return Optional.of(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait)
          .filter(Duration::isPositive);
    } catch (DateTimeParseException neither) {
      return Optional.empty();
    }
  }
}
