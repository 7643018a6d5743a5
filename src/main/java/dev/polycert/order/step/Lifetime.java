package dev.polycert.order.step;

import dev.polycert.call.VendorError;
import dev.polycert.order.Delivery;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.Publication;
import dev.polycert.order.Served;
import dev.polycert.order.Upkeep;
import dev.polycert.provider.RenewalWindow;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records the transitions of an issued order until its certificate ends. */
final class Lifetime {
  private final Step step;

  Lifetime(Step step) {
    this.step = step;
  }

  /**
   * Records when an issued order is looked at again, because its renewal is under way or has not
   * worked yet. Nothing else of the order changes.
   *
   * @param error why it has not worked; null leaves the error as it is, unless that says that the
   *     vendor could not be asked, which is over now
   */
  Uni<Order> looksAgain(String why, @Nullable VendorError error) {
    Order order = step.order();
    boolean stays = error == null && !Step.isUnusable(order.error());
    Order draft = lookingAgain(order);
    return step.record((stays ? draft : draft.withError(error)).asAnnounced(), why, null);
  }

  private Order lookingAgain(Order order) {
    int looks = order.schedule().attempts() + 1;
    Instant next = CertificateTimes.nextLook(order, looks, step.now());
    return order.with(order.schedule().withAttempts(looks).withNextStepAt(next));
  }

  /**
   * As {@link #looksAgain}, after a fault of our own: the clean-up and the deliveries that were due
   * count as tried, so that they are not due again at once.
   */
  Uni<Order> faulted(VendorError fault) {
    Order order = step.order();
    // A notice knows a try that failed just now by its time, which is that of the record.
    Instant now = order.noEarlier(step.now());
    List<Publication> records =
        order.publications().stream()
            .map(it -> Upkeep.due(order, it, now) ? it.failed(fault, now) : it)
            .toList();
    List<Delivery> deliveries =
        order.deliveries().stream()
            .map(it -> Upkeep.due(order, it, now) ? it.failed(fault, now) : it)
            .toList();
    Order draft =
        lookingAgain(order).withPublications(records).withDeliveries(deliveries).withError(fault);
    return step.record(draft.asAnnounced(), Results.describe(fault), null, now);
  }

  /** Records what the CA suggests, where that is no renewal now. */
  Uni<Order> suggested(Optional<RenewalWindow> window) {
    Order order = step.order();
    Order draft = order.with(order.issuance().withSuggested(window.orElse(null))).withError(null);
    String why =
        window
            .map(it -> "the CA suggests to renew from " + it.start() + " to " + it.end())
            .orElse("the CA suggests no time to renew");
    return step.record(step.times().resume(draft.asAnnounced(), step.now()), why, null);
  }

  /**
   * Records what a look at the CNAMEs of the validations has found, and when the next look is.
   *
   * @param missing what a person has to mend before the renewal; null where all are there
   */
  Uni<Order> delegations(@Nullable VendorError missing) {
    Order order = step.order();
    boolean mended = missing == null && Delegations.isMissing(order.error());
    Order looked = order.with(order.issuance().withDelegationsAt(step.now()));
    Order draft = missing != null || mended ? looked.withError(missing) : looked;
    return step.record(
        step.times().resume(draft.asAnnounced(), step.now()),
        missing == null ? "its delegations stand" : "a delegation is missing",
        null);
  }

  /** Records when another renewal follows one that failed; this does not count as a look. */
  Uni<Order> pauses(Order failed, Instant until) {
    String why = "its renewal " + failed.id() + " is " + failed.state();
    return step.record(step.order().withNextStepAt(until), why, null);
  }

  /**
   * Records that another order has followed: nothing but the end is left to come, and what goes to
   * its targets, and is looked for where they serve it, is the other's certificate.
   */
  Uni<Order> followed(Order by) {
    Order order = step.order();
    Served served = order.issuance().served();
    Order draft =
        order
            .withIntent(null)
            .withError(null)
            .with(order.issuance().withServed(served == null ? null : served.ended()))
            .with(
                order
                    .schedule()
                    .withAttempts(order.schedule().attempts() + 1)
                    .withNextStepAt(order.deadline()))
            .withDeliveries(order.deliveries().stream().map(it -> it.followedBy(by)).toList());
    return step.record(draft.asAnnounced(), "followed by " + by.id(), null);
  }

  /** Records that an issued certificate has expired; the vendor need not be asked. */
  Uni<Order> expires() {
    return new Results(step)
        .ends(step.order(), OrderState.EXPIRED, "the certificate's validity is over", null);
  }
}
