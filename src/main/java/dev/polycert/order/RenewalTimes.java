package dev.polycert.order;

import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Outcome;
import dev.polycert.provider.VendorError;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
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
    OrderChange change = step.order().change();
    step.enter(change, OrderState.EXPIRED);
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
    }
  }

  /** The certificate's end is the state's; its renewal is the next step. */
  void follow(OrderChange change) {
    change.attempts(0);
    Validity.of(change.at(step.now()))
        .ifPresentOrElse(
            validity ->
                change
                    .nextStepAt(earlier(validity.renewal(step.provider.renewal()), validity.end()))
                    .deadline(validity.end()),
            () -> change.nextStepAt(step.now().plus(UNKNOWN_END)).deadline(null));
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

  /** Records that another order has followed: nothing but the end is left to come. */
  Uni<Order> followed(Order by) {
    Order order = step.order();
    OrderChange change =
        order.change().attempts(order.attempts() + 1).error(null).nextStepAt(order.deadline());
    return step.write(change, "followed by " + by.id(), null);
  }
}
