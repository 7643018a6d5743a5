package dev.polycert.order;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The clean-up, the deliveries and the looks at what is served that an order still needs, whatever
 * step its state needs.
 */
public final class Upkeep {
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

  /** About four days of tries to remove a record; after that, one a day at most. */
  public static final int MANY_REMOVALS = 20;

  private static final Duration PAUSE_AFTER_MANY = Duration.ofDays(1);

  private Upkeep() {}

  /** When to look next at what is served; empty where there is no look to come. */
  public static Optional<Instant> look(Order order) {
    Served served = order.issuance().served();
    return served == null || order.state() != OrderState.ISSUED
        ? Optional.empty()
        : Optional.ofNullable(served.next());
  }

  /** When the next clean-up or delivery is worth trying; empty when nothing is left. */
  public static Optional<Instant> work(Order order) {
    return Stream.concat(
            order.publications().stream()
                .filter(record -> removable(order, record))
                .map(Upkeep::again),
            order.deliveries().stream()
                .filter(delivery -> deliverable(order, delivery))
                .map(Delivery::again))
        .min(Instant::compareTo);
  }

  /** Whether there is something to clean up or to deliver now. */
  public static boolean due(Order order, Instant now) {
    return work(order).filter(at -> !now.isBefore(at)).isPresent();
  }

  /** Whether it is time to remove a record. */
  public static boolean due(Order order, Publication record, Instant now) {
    return removable(order, record) && !now.isBefore(again(record));
  }

  /** Whether it is time to deliver to a target. */
  public static boolean due(Order order, Delivery delivery, Instant now) {
    return deliverable(order, delivery) && !now.isBefore(delivery.again());
  }

  /** Whether it is time to look at what is served. */
  public static boolean lookDue(Order order, Instant now) {
    return look(order).filter(at -> !now.isBefore(at)).isPresent();
  }

  /** Whether some deliveries are still under way without a failure so far. */
  static boolean pending(Order order) {
    return order.publications().stream()
            .anyMatch(record -> removable(order, record) && record.error() == null)
        || order.deliveries().stream()
            .anyMatch(delivery -> deliverable(order, delivery) && delivery.error() == null);
  }

  /**
   * Whether we can remove a record of ours. A CNAME delegates the validation to the vendor, which
   * needs it again for its own renewals: it is removed when the order ends.
   */
  public static boolean removable(Order order, Publication record) {
    return served(order, record) && record.ours();
  }

  /** Whether an order no longer needs a record, written by us or not. */
  public static boolean served(Order order, Publication record) {
    return order.state().ended()
        || (order.state() == OrderState.ISSUED && record.type().equals("TXT"))
        || (ClientRecords.are(order) && order.validations().stream().noneMatch(record::publishes));
  }

  private static Instant again(Publication record) {
    return record.attempts() < MANY_REMOVALS
        ? again(record.attempts(), record.at())
        : record.at().plus(PAUSE_AFTER_MANY);
  }

  /** Whether a record that has served needs a person, who removes it or sets the keys for that. */
  static boolean left(Order order, Publication record) {
    VendorError error = record.error();
    return record.is(Publication.State.LEFT)
        || (removable(order, record)
            && error != null
            && error.errorClass() == ErrorClass.CREDENTIALS);
  }

  public static boolean deliverable(Order order, Delivery delivery) {
    return order.state() == OrderState.ISSUED && delivery.state() == Delivery.State.WAITING;
  }

  /** One minute after the first failure, twice that after each further one, at most six hours. */
  public static Instant again(int attempts, Instant at) {
    if (attempts == 0) {
      return at;
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 20));
    return at.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
  }
}
