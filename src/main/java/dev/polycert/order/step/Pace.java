package dev.polycert.order.step;

import dev.polycert.order.ClientRecords;
import dev.polycert.order.Intent;
import dev.polycert.order.Order;
import dev.polycert.order.OrderConfig;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.Schedule;
import dev.polycert.provider.Offer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** When an order's next step is worth taking, and when its state times out. */
@ApplicationScoped
class Pace {
  /** Front-loaded: most validations are published within minutes, the rest takes hours. */
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1), // 2 min since the state was entered
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10), // 19 min
          Duration.ofMinutes(30)); // and on to the deadline

  /** A vendor's wait of at least this length is taken as meant. */
  private static final Duration PUT_OFF = Duration.ofHours(1);

  private final OrderConfig config;

  Pace(OrderConfig config) {
    this.config = config;
  }

  /** The times of a new order. Should its process die at once, the sweep takes the order up. */
  Schedule first(OrderId id, Offer offer, Instant now) {
    OrderState state = OrderState.REQUESTED;
    return new Schedule(0, nextStep(id, state, 0, now), deadline(state, offer, now));
  }

  /**
   * Brings a draft into a state, with its deadline and pace; staying in a state keeps the deadline,
   * and an order that is tried again keeps its pace. One that stands for records of a client has
   * nothing but its deadline. The times of an issued order are those of its certificate, so that no
   * check changes when it is renewed.
   *
   * @param order the order as it is on record
   */
  Order enter(Order order, Order draft, OrderState state, Offer offer, Instant now) {
    Order next = draft.with(state);
    if (ClientRecords.are(order) && state.open()) {
      return next;
    }
    boolean stays = order.unanswered() ? next.unanswered() : state == order.state();
    Schedule schedule = next.schedule().withAttempts(stays ? order.schedule().attempts() + 1 : 0);
    if (!stays || state.open()) {
      schedule = schedule.withNextStepAt(nextStep(order.id(), state, schedule.attempts(), now));
    }
    if (!stays || state != order.state()) {
      schedule = schedule.withDeadline(deadline(order, state, offer, now));
    }
    boolean announced = stays && state == OrderState.ISSUED;
    return next.with(schedule).with(next.issuance().withAnnounced(announced));
  }

  /** As {@link #enter}, where that is part of a try and none of its own. */
  Order enterUncounted(Order order, Order draft, OrderState state, Offer offer, Instant now) {
    Order next = enter(order, draft, state, offer, now);
    Schedule schedule = next.schedule().withAttempts(order.schedule().attempts());
    return next.with(order.unanswered() ? schedule.withNextStepAt(nextTry(order, now)) : schedule);
  }

  private @Nullable Instant deadline(Order order, OrderState state, Offer offer, Instant now) {
    return switch (state) {
      // A failed try does not extend the deadline.
      case REQUESTED -> order.createdAt().plus(config.deadline());
      // The time to look for a write counts from when it was sent last, not from the first look
      // that failed.
      case UNCERTAIN -> order.deadline();
      default -> deadline(state, offer, now);
    };
  }

  private @Nullable Instant deadline(OrderState state, Offer offer, Instant now) {
    if (!state.open()) {
      return null;
    }
    return now.plus(
        state == OrderState.PENDING_VALIDATION ? offer.validationDeadline() : config.deadline());
  }

  private @Nullable Instant nextStep(OrderId id, OrderState state, int attempts, Instant now) {
    if (!state.open()) {
      return null;
    }
    Duration step = STEPS.get(Math.min(attempts, STEPS.size() - 1));
    // Up to a tenth more, the same for every run, so that orders of one request spread out.
    long spread = Math.floorMod(id.hashCode(), 1000) * step.toMillis() / 10_000;
    return now.plus(step).plusMillis(spread);
  }

  /**
   * Leaves an order alone until the time that its vendor named, before which its state does not
   * end. A vendor that says "in a moment" each time does not keep it for ever: only what it puts
   * off for long is put off again, with some time left to use.
   */
  static Order notBefore(Order draft, Instant named, Instant now) {
    Instant deadline = draft.deadline();
    Schedule schedule = draft.schedule().withNextStepAt(named);
    if (deadline == null || named.isBefore(deadline)) {
      return draft.with(schedule);
    }
    if (!named.isBefore(now.plus(PUT_OFF))) {
      return draft.with(schedule.withDeadline(named.plus(PUT_OFF)));
    }
    return draft.with(now.isBefore(deadline) ? schedule.withDeadline(named) : schedule);
  }

  /** When to try again if this step fails. */
  Instant nextTry(Order order, Instant now) {
    return Objects.requireNonNull(
        nextStep(order.id(), order.state(), order.schedule().attempts(), now));
  }

  /** When to look again whether the vendor has ended what it has. */
  @Nullable Instant nextLook(Order order, Instant now) {
    return nextStep(order.id(), OrderState.APPLYING, order.schedule().attempts(), now);
  }

  /** Whether an order that waits may be sent: within its time, and once however late. */
  boolean sendable(Order order, Instant now) {
    Instant end = order.deadline();
    return order.placement().appliedAt() == null || end == null || now.isBefore(end);
  }

  /** When a step with that deadline has surely ended. */
  Instant leaseEnd(Instant deadline) {
    return deadline.plus(config.lease());
  }

  /** From when on a look-up that does not find a write proves that it had no effect. */
  Instant settled(Intent intent) {
    return intent.lastSend(config.lease()).plus(config.settle());
  }
}
