package dev.polycert.order;

import dev.polycert.call.VendorError;
import dev.polycert.provider.Capability;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Outcome;
import dev.polycert.provider.RenewalWindow;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The times of an issued order: when it is renewed, looked at again, and over. */
final class RenewalTimes {
  /** When to ask again for the end of a certificate that the vendor has not told yet. */
  private static final Duration UNKNOWN_END = Duration.ofDays(1);

  private final Step step;

  RenewalTimes(Step step) {
    this.step = step;
  }

  /** Whether the certificate's validity is over. */
  boolean over() {
    CertificateFacts certificate = step.order().certificate();
    return step.order().state() == OrderState.ISSUED
        && certificate != null
        && certificate.notAfter() != null
        && !step.now().isBefore(certificate.notAfter());
  }

  /** Records that an issued certificate's time is over; nobody has to be asked for that. */
  Uni<Order> expires() {
    OrderChange change = step.order().change().intent(null);
    step.times().enter(change, OrderState.EXPIRED);
    return step.write(change, "the certificate's validity is over", null);
  }

  /** Follows the certificate when it is a new one; what is known already changes no time. */
  void told(OrderChange change, Outcome.Progress progress) {
    Order order = step.order();
    boolean anew =
        order.state() != OrderState.ISSUED
            || !progress.vendorStatus().equals(order.vendorStatus())
            || (progress.certificate() != null
                && !progress.certificate().equals(order.certificate()));
    if (anew) {
      follow(change);
    } else if (order.intent() != null) {
      // What was to end it has not.
      resume(change);
    }
  }

  /** The certificate's end is the state's; its renewal is the next step. */
  void follow(OrderChange change) {
    List<Delivery> again =
        step.order().deliveries().stream()
            .map(delivery -> Delivery.waiting(delivery.target(), delivery.place(), step.now()))
            .toList();
    change.attempts(0).suggested(null).deliveries(again);
    Instant before = end(step.order());
    if (before != null && !before.equals(end(change.at(step.now())))) {
      change.renewedAt(step.now());
    }
    times(change);
  }

  private static @Nullable Instant end(Order order) {
    return order.certificate() == null ? null : order.certificate().notAfter();
  }

  /** Goes back to the times of the certificate, after something that came in between. */
  void resume(OrderChange change) {
    if (step.order().state() == OrderState.ISSUED) {
      times(change);
    } else {
      change.nextStepAt(null);
    }
  }

  private void times(OrderChange change) {
    Order order = change.at(step.now());
    Validity.of(order)
        .ifPresentOrElse(
            validity -> change.nextStepAt(first(order, validity)).deadline(validity.end()),
            () -> change.nextStepAt(step.now().plus(UNKNOWN_END)).deadline(null));
  }

  private Instant first(Order order, Validity validity) {
    Instant renewal =
        earlier(validity.renewal(step.provider.renewal(), order.suggested()), validity.end());
    if (!suggests()) {
      return renewal;
    }
    RenewalWindow window = order.suggested();
    Instant look = window == null ? validity.firstLook(step.now()) : window.nextLook();
    return earlier(renewal, look);
  }

  /** Whether the CA has a say in when to renew. */
  boolean suggests() {
    return step.provider.descriptor().capabilities().contains(Capability.RENEWAL_WINDOW);
  }

  /** Records what the CA suggests, where that is no renewal now. */
  Uni<Order> suggested(Optional<RenewalWindow> window) {
    Order order = step.order();
    OrderChange change =
        order
            .change()
            .attempts(Math.max(order.attempts(), 1))
            .suggested(window.orElse(null))
            .error(null);
    times(change);
    String why =
        window
            .map(it -> "the CA suggests to renew from " + it.start() + " to " + it.end())
            .orElse("the CA suggests no time to renew");
    return step.write(change, why, null);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /**
   * Records when an issued order is looked at again, because its renewal is under way or has not
   * worked yet. Nothing else of the order changes.
   *
   * @param error why it has not worked; null leaves the error as it is
   */
  Uni<Order> looksAgain(String why, @Nullable VendorError error) {
    Order order = step.order();
    int looks = order.attempts() + 1;
    OrderChange change =
        order
            .change()
            .attempts(looks)
            .nextStepAt(
                Validity.of(order)
                    .map(validity -> validity.nextLook(looks, step.now()))
                    .orElse(step.now().plus(UNKNOWN_END)));
    if (error != null) {
      change.error(error);
    }
    return step.write(change, why, null);
  }

  /** Records when a renewal that came to nothing is followed by another one; that is no look. */
  Uni<Order> pauses(Order failed, Instant until) {
    String why = "its renewal " + failed.id() + " is " + failed.state();
    return step.write(step.order().change().nextStepAt(until), why, null);
  }

  /**
   * Records that another order has followed: nothing but the end is left to come, and what goes to
   * its targets is the other's certificate.
   */
  Uni<Order> followed(Order by) {
    Order order = step.order();
    OrderChange change =
        order
            .change()
            .attempts(order.attempts() + 1)
            .error(null)
            .intent(null)
            .nextStepAt(order.deadline())
            .deliveries(order.deliveries().stream().map(it -> it.followedBy(by)).toList());
    return step.write(change, "followed by " + by.id(), null);
  }
}
