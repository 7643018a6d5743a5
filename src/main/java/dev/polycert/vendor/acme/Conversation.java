package dev.polycert.vendor.acme;

import dev.polycert.call.HttpDates;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one call at a CA, and the status and headers of its last answer, which acme4j's
 * exceptions do not contain. Belongs to one thread at a time.
 */
final class Conversation {
  private final Clock clock;
  private Instant deadline = Instant.EPOCH;
  private int status;
  private boolean acme;
  private @Nullable Duration retryAfter;
  private Duration ahead = Duration.ZERO;

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
    Instant now = clock.instant();
    Instant date = HttpDates.date(headers.firstValue("Date").orElse(null)).orElse(now);
    ahead = Duration.between(now, date);
    String retry = headers.firstValue("Retry-After").orElse(null);
    retryAfter = HttpDates.retryAfter(retry, date).orElse(null);
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

  /** How far the CA's clock is ahead of this machine's, as the last answer said. */
  Duration ahead() {
    return ahead;
  }

  /** A time of the CA by this machine's clock. */
  Instant ours(Instant time) {
    return time.minus(ahead);
  }
}
