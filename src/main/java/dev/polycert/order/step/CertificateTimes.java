package dev.polycert.order.step;

import dev.polycert.order.Delivery;
import dev.polycert.order.Issuance;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.Schedule;
import dev.polycert.order.Validity;
import dev.polycert.provider.Capability;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Renewal;
import dev.polycert.provider.RenewalWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When an issued order is looked at, renewed and over: the times of its certificate.
 *
 * @param vendor how the vendor renews
 * @param suggested whether the CA suggests when to renew
 */
record CertificateTimes(Renewal vendor, boolean suggested) {
  /** When to ask again for the end of a certificate that the vendor has not reported yet. */
  private static final Duration UNKNOWN_END = Duration.ofDays(1);

  /**
   * How long a new certificate is left alone at least. One that is due at once, because a clock is
   * wrong or the vendor gives what ends soon, must not be followed by one after the other.
   */
  private static final Duration REST = Duration.ofMinutes(1);

  static CertificateTimes of(CertificateProvider provider) {
    return new CertificateTimes(
        provider.renewal(), provider.offer().capabilities().contains(Capability.RENEWAL_WINDOW));
  }

  /** Whether the certificate's validity is over. */
  static boolean over(Order order, Instant now) {
    Instant end = order.issuance().notAfter();
    return order.state() == OrderState.ISSUED && end != null && !now.isBefore(end);
  }

  /** When an issued order is looked at again, after so many looks. */
  static Instant nextLook(Order order, int looks, Instant now) {
    return Validity.of(order)
        .map(validity -> validity.nextLook(looks, now))
        .orElse(now.plus(UNKNOWN_END));
  }

  /** A new certificate: it is to be announced, delivered, and followed to its end. */
  Order begin(Order order, Order draft, Instant now) {
    List<Delivery> again =
        draft.deliveries().stream()
            .map(delivery -> Delivery.waiting(delivery.target(), delivery.place(), now))
            .toList();
    Instant before = order.issuance().notAfter();
    boolean renewed = before != null && !before.equals(draft.issuance().notAfter());
    Issuance issuance = draft.issuance().withSuggested(null).withAnnounced(false);
    Order timed =
        times(
            draft
                .with(renewed ? issuance.withRenewedAt(now) : issuance)
                .with(draft.schedule().withAttempts(0))
                .withDeliveries(again),
            now);
    Instant step = timed.nextStepAt();
    Instant rested = now.plus(REST);
    return step != null && step.isBefore(rested) ? timed.withNextStepAt(rested) : timed;
  }

  /** Goes back to the times of the certificate, after something that came in between. */
  Order resume(Order draft, Instant now) {
    return draft.state() == OrderState.ISSUED ? times(draft, now) : draft.withNextStepAt(null);
  }

  /** The certificate's end is the state's; its renewal is the next step. */
  private Order times(Order draft, Instant now) {
    Schedule schedule = draft.schedule();
    return draft.with(
        Validity.of(draft)
            .map(
                validity ->
                    schedule
                        .withNextStepAt(firstLook(draft, validity, now))
                        .withDeadline(validity.end()))
            .orElse(schedule.withNextStepAt(now.plus(UNKNOWN_END)).withDeadline(null)));
  }

  private Instant firstLook(Order order, Validity validity, Instant now) {
    RenewalWindow window = order.issuance().suggested();
    Instant renewal = earlier(validity.renewal(vendor, window), validity.end());
    if (!suggested) {
      return renewal;
    }
    return earlier(renewal, window == null ? validity.firstLook(now) : window.nextLook());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
