package dev.polycert.order.step;

import dev.polycert.order.Delivery;
import dev.polycert.order.Issuance;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.Publication;
import dev.polycert.order.Schedule;
import dev.polycert.order.Validity;
import dev.polycert.provider.Capability;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Delegability;
import dev.polycert.provider.Renewal;
import dev.polycert.provider.RenewalWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When an issued order is looked at, renewed and over: the times of its certificate.
 *
 * @param vendor how the vendor renews
 * @param suggested whether the CA suggests when to renew
 * @param delegability which delegations are looked at before the renewal
 */
record CertificateTimes(Renewal vendor, boolean suggested, Delegability delegability) {
  /** How long before its renewal the delegations of an order are looked at. */
  private static final List<Duration> AHEAD =
      List.of(Duration.ofDays(30), Duration.ofDays(14), Duration.ofDays(3));

  /** When to ask again for the end of a certificate that the vendor has not reported yet. */
  private static final Duration UNKNOWN_END = Duration.ofDays(1);

  /**
   * How long after the application a certificate is renewed at the earliest. If a renewal is due at
   * once, because a clock is wrong or the certificate ends soon, renewals still must not follow
   * each other without a pause.
   */
  private static final Duration REST = Duration.ofMinutes(1);

  static CertificateTimes of(CertificateProvider provider) {
    return new CertificateTimes(
        provider.renewal(),
        provider.offer().capabilities().contains(Capability.RENEWAL_WINDOW),
        provider.offer().delegability());
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
    List<Delivery> again = draft.deliveries().stream().map(delivery -> delivery.anew(now)).toList();
    Instant before = order.issuance().notAfter();
    boolean renewed = before != null && !before.equals(draft.issuance().notAfter());
    Issuance issuance = draft.issuance().withSuggested(null).withAnnounced(false).withServed(null);
    return times(
        draft
            .with(renewed ? issuance.withRenewedAt(now) : issuance)
            .with(draft.schedule().withAttempts(0))
            .withDeliveries(again),
        now);
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
                        .withNextStepAt(rested(firstLook(draft, validity, now), draft))
                        .withDeadline(validity.end()))
            .orElse(schedule.withNextStepAt(now.plus(UNKNOWN_END)).withDeadline(null)));
  }

  private static Instant rested(Instant step, Order draft) {
    Instant applied = draft.placement().appliedAt();
    return applied == null || step.isAfter(applied.plus(REST)) ? step : applied.plus(REST);
  }

  private Instant firstLook(Order order, Validity validity, Instant now) {
    RenewalWindow window = order.issuance().suggested();
    Instant renewal = renewal(validity, window);
    Instant next =
        delegationLooks(order, renewal)
            .filter(look -> look.isAfter(now))
            .min(Instant::compareTo)
            .orElse(renewal);
    if (!suggested) {
      return next;
    }
    return earlier(next, window == null ? validity.firstLook(now) : window.nextLook());
  }

  private Instant renewal(Validity validity, @Nullable RenewalWindow window) {
    return earlier(validity.renewal(vendor, window), validity.end());
  }

  // --- delegations ---

  /**
   * The names at which the order's last validation was published through CNAMEs. The next
   * validation is published at the same names.
   */
  static List<String> delegated(Order order, Delegability delegability) {
    return order.publications().stream()
        .filter(record -> record.type().equals("TXT"))
        .filter(record -> !record.writtenName().equals(record.recordName()))
        .map(Publication::recordName)
        .filter(delegability::covers)
        .distinct()
        .toList();
  }

  /** Whether a look at its delegations is due, counted from the last look and from nothing else. */
  boolean delegationLookDue(Order order, Instant now) {
    Instant last = order.issuance().delegationsAt();
    return Validity.of(order).stream()
        .anyMatch(
            validity ->
                delegationLooks(order, renewal(validity, order.issuance().suggested()))
                    .filter(look -> look.isAfter(last == null ? validity.start() : last))
                    .anyMatch(look -> !look.isAfter(now)));
  }

  private Stream<Instant> delegationLooks(Order order, Instant renewal) {
    return delegated(order, delegability).isEmpty()
        ? Stream.empty()
        : AHEAD.stream().map(renewal::minus);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
