package dev.polycert.order;

import dev.polycert.domain.Expiry;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Renewal;
import dev.polycert.provider.RenewalWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a certificate is valid, and when in that time the next one is due.
 *
 * <p>Everything is a share of the lifetime, because "so many days before the end" breaks with short
 * ones: 47 days from 2029-03 (CA/Browser Forum ballot SC-081v3), 6 days where a CA offers it.
 *
 * @param place in [0, 1), where in the spread this order stands: the same on every machine
 */
public record Validity(Instant start, Instant end, double place) {
  /** Shorter ones are renewed with half of their lifetime left, longer ones with a third. */
  private static final Duration SHORT = Duration.ofDays(10);

  private static final Duration EMERGENCY = Duration.ofDays(3);
  private static final Duration SHORTEST_PAUSE = Duration.ofMinutes(1);

  /**
   * The validity of an order's certificate. Where the vendor does not report its beginning, the
   * time of the vendor's own renewal, of the application or else of the order stands for it. Empty
   * when its end is not known.
   */
  public static Optional<Validity> of(Order order) {
    CertificateFacts certificate = order.certificate();
    if (certificate == null || certificate.notAfter() == null) {
      return Optional.empty();
    }
    Instant start = certificate.notBefore() == null ? start(order) : certificate.notBefore();
    return Optional.of(new Validity(start, certificate.notAfter(), order.id().place()));
  }

  private static Instant start(Order order) {
    Instant renewedAt = order.issuance().renewedAt();
    Instant appliedAt = order.placement().appliedAt();
    if (renewedAt != null) {
      return renewedAt;
    }
    return appliedAt == null ? order.createdAt() : appliedAt;
  }

  /**
   * When to renew: at 2/3 of the lifetime (1/2 of a short one), or up to a twentieth of it earlier,
   * so that certificates of one hour are not renewed in one hour. Where the vendor takes renewals
   * only from a time that leaves no room for that, the spread begins with that time. What the CA
   * suggests counts more: some time in its window (RFC 9773, section 4.2), but never so late that a
   * few failures would cost the certificate.
   */
  public Instant renewal(Renewal vendor, @Nullable RenewalWindow suggested) {
    if (suggested != null) {
      Duration window = Duration.between(suggested.start(), suggested.end());
      return earlier(suggested.start().plus(share(window)), end.minus(emergency()));
    }
    Duration lifetime = lifetime();
    Duration spread = lifetime.dividedBy(20);
    Instant latest =
        lifetime.compareTo(SHORT) < 0
            ? start.plus(lifetime.dividedBy(2))
            : start.plus(lifetime.multipliedBy(2).dividedBy(3));
    Duration opens = vendor.opens();
    if (opens != null) {
      spread = shorter(spread, opens.dividedBy(3));
      Instant first = end.minus(opens).plus(spread);
      latest = first.isAfter(latest) ? first : latest;
    }
    return latest.minus(share(spread));
  }

  /**
   * When to look again at a renewal that was begun or has failed. For 90 days: after 3 h, 6 h, 12
   * h, 1 d, and then every 2 d; every 6 h near the end. For 6 days: after 12 min … 3.2 h; 24 min.
   * However long the pause is, there is a look when the end is near, for the last resort.
   *
   * @param looks how many there were
   */
  public Instant nextLook(int looks, Instant now) {
    Duration unit = lifetime().dividedBy(720);
    Duration pause = unit.multipliedBy(1L << Math.clamp(looks - 1L, 0, 4));
    if (ending(now)) {
      pause = shorter(pause, unit.multipliedBy(2));
    }
    pause = pause.plus(share(pause.dividedBy(10)));
    Instant next = now.plus(pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause);
    Instant last =
        ending(now) ? end : end.minus(emergency()).plus(share(emergency().dividedBy(20)));
    return earlier(next, last);
  }

  /** Whether the last tenth of the lifetime, or the last three days, have begun. */
  public boolean ending(Instant now) {
    return !now.isBefore(end.minus(emergency()));
  }

  private Duration emergency() {
    return shorter(lifetime().dividedBy(10), EMERGENCY);
  }

  /**
   * When to ask the CA for its suggestion for the first time: after six hours of most lifetimes.
   */
  public Instant firstLook(Instant now) {
    Duration pause = shorter(lifetime().dividedBy(24), Duration.ofHours(6));
    return now.plus(pause).minus(share(pause.dividedBy(10)));
  }

  /**
   * Whether people are notified that it is not renewed yet: 14 days before the end, or a sixth of
   * the lifetime.
   */
  public boolean worrying(Instant now) {
    return Expiry.worrying(start, end, now);
  }

  private Duration lifetime() {
    Duration lifetime = Duration.between(start, end);
    return lifetime.isNegative() ? Duration.ZERO : lifetime;
  }

  private Duration share(Duration of) {
    return Duration.ofMillis((long) (of.toMillis() * place));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
