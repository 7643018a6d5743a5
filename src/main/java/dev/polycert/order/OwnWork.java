package dev.polycert.order;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** Records what is done for an order by us ourselves: DNS records and deliveries. */
final class OwnWork {
  private static final String DELIVER = "deliver";

  private final Step step;

  OwnWork(Step step) {
    this.step = step;
  }

  /** Records which DNS records are about to be written, as the intent to write them. */
  Uni<Order> publishes(List<Publication> records) {
    OrderChange change = step.order().change().publications(records);
    if (records.stream().anyMatch(record -> record.state() == Publication.State.WRITING)) {
      change.intent(new Intent("publish", step.now(), step.leaseEnd()));
    }
    return step.write(change, "publishing by us", null);
  }

  /** Records what became of DNS records. */
  Uni<Order> published(List<Publication> records, String why) {
    OrderChange change = step.order().change().publications(records).intent(null);
    step.times().enter(change, step.order().state());
    return step.write(change, why, null);
  }

  /** Records which DNS records are gone; one that took several tries is no news. */
  Uni<Order> unpublished(List<Publication> records, String why) {
    OrderChange change = step.order().change().publications(records);
    if (step.order().publications().stream().anyMatch(record -> record.error() != null)) {
      step.untold(change);
    }
    step.renewal().resume(change);
    return step.write(change, why, null);
  }

  /** Records that deliveries are about to be made. */
  Uni<Order> delivers() {
    Instant until = step.leaseEnd();
    OrderChange change = step.order().change().intent(new Intent(DELIVER, step.now(), until));
    return step.write(change.nextStepAt(until), "delivering", null);
  }

  /** Whether somebody may be making another order's deliveries just now. */
  boolean delivering(Order other) {
    Intent intent = other.intent();
    return intent != null && intent.operation().equals(DELIVER) && intent.mayBeAtWork(step.now());
  }

  /** Records what became of deliveries. */
  Uni<Order> delivered(List<Delivery> deliveries, String why) {
    Order order = step.order();
    // By its time a try that failed just now is told from one that failed earlier, see Notice.
    Instant now = order.change().at(step.now()).updatedAt();
    List<Delivery> tried =
        deliveries.stream()
            .map(it -> order.deliveries().contains(it) ? it : it.triedAt(now))
            .toList();
    OrderChange change = order.change().deliveries(tried).intent(null);
    step.renewal().resume(change);
    return step.write(change, why, null, now);
  }
}
