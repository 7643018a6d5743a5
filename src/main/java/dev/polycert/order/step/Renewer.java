package dev.polycert.order.step;

import dev.polycert.call.VendorError;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.order.OrderState;
import dev.polycert.order.Upkeep;
import dev.polycert.order.Validity;
import dev.polycert.provider.Renewal;
import dev.polycert.provider.RenewalWindow;
import dev.polycert.rate.Urgency;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the step of an order whose time has come; for an issued one that is its renewal.
 *
 * <p>A renewal is an order of its own, the next generation, under the same terms. Of the old order
 * nothing changes but when it is looked at again: every look is recorded first, as a
 * compare-and-set, and then acts on the highest generation. So of sweeps that run at once one acts,
 * a generation that failed is followed by another one only after a pause, and there is never more
 * than one that is open.
 */
@ApplicationScoped
public class Renewer {
  private final OrderBook book;
  private final Generations generations;
  private final Steps steps;
  private final Delegations delegations;

  Renewer(OrderBook book, Generations generations, Steps steps, Delegations delegations) {
    this.book = book;
    this.generations = generations;
    this.steps = steps;
    this.delegations = delegations;
  }

  /**
   * Takes the step of an order that is due.
   *
   * @return the order afterwards; the one that renews it, when that was made just now
   */
  public Uni<Order> advance(Order order, Instant deadline, Urgency urgency) {
    Step step = steps.step(order, deadline, urgency);
    if (order.state() != OrderState.ISSUED
        || CertificateTimes.over(order, step.now())
        || order.ends()
        || Upkeep.due(order, step.now())) {
      return steps.advance(order, deadline, urgency);
    }
    if (Upkeep.lookDue(order, step.now()) && !step.othersAtWork()) {
      // Whatever else is due takes a turn of its own in the provider's lane.
      return guarded(step, order, steps.look(step));
    }
    return guarded(
        step,
        order,
        book.latest(order.provider(), order.series(), order.domain())
            .flatMap(latest -> look(step, latest.orElse(order))));
  }

  private Uni<Order> guarded(Step step, Order order, Uni<Order> work) {
    return work.onFailure(failure -> !(failure instanceof StaleOrderException))
        .call(() -> steps.faulted(step, order))
        .onFailure(StaleOrderException.class)
        .recoverWithItem(order);
  }

  private Uni<Order> look(Step step, Order latest) {
    Order order = step.order();
    boolean later = latest.generation() > order.generation();
    if (later && latest.state() == OrderState.ISSUED) {
      return new Lifetime(step).followed(latest);
    }
    if (later && latest.state().open()) {
      String why = "its renewal " + latest.id() + " is " + latest.state();
      return looked(step, why, step.unusable().orElse(null));
    }
    Optional<Instant> pause = later ? pauseAfter(latest, order) : Optional.empty();
    if (pause.filter(step.now()::isBefore).isPresent()) {
      return new Lifetime(step).pauses(latest, pause.get());
    }
    Optional<VendorError> unusable = step.unusable();
    if (unusable.isPresent()) {
      return looked(step, "cannot be renewed", unusable.get());
    }
    if (order.watched()) {
      return ask(step);
    }
    if (!later && step.times().delegationLookDue(order, step.now())) {
      return delegations.look(step).invoke(steps::announce);
    }
    if (!step.times().suggested()) {
      return isOurs(step, null) ? apply(step, latest) : ask(step);
    }
    return step.provider()
        .renewalWindow(order.application(), step.reading())
        .flatMap(
            window ->
                isOurs(step, window.orElse(null))
                    ? renew(step, latest)
                    : new Lifetime(step).suggested(window).invoke(steps::announce));
  }

  /**
   * Until when a renewal that failed is not followed by another one. The order's next step says so
   * as well, but something else may have come in between.
   */
  private static Optional<Instant> pauseAfter(Order failed, Order order) {
    return Validity.of(order)
        .map(valid -> valid.nextLook(order.schedule().attempts(), failed.createdAt()));
  }

  /**
   * Whether we have to apply. A vendor that renews by itself is given until near the end; and an
   * order may be due early because the vendor is at something else, such as a revocation.
   */
  private static boolean isOurs(Step step, @Nullable RenewalWindow suggested) {
    Renewal renewal = step.provider().renewal();
    return Validity.of(step.order())
        .filter(validity -> !step.now().isBefore(validity.renewal(renewal, suggested)))
        .filter(validity -> !renewal.byVendor() || validity.ending(step.now()))
        .isPresent();
  }

  /**
   * Applies, unless the vendor has renewed by itself since it was last asked: there would be two
   * certificates then, and the vendor's would be taken for expired.
   */
  private Uni<Order> apply(Step step, Order latest) {
    return step.provider().renewal().byVendor()
        ? ask(step)
            .flatMap(
                asked -> {
                  Step next = steps.step(asked, step.deadline(), step.urgency());
                  return asked.state() == OrderState.ISSUED && !asked.ends() && isOurs(next, null)
                      ? renew(next, latest)
                      : Uni.createFrom().item(asked);
                })
        : renew(step, latest);
  }

  /** Asks whether the vendor has renewed, and for what it has not reported yet. */
  private Uni<Order> ask(Step step) {
    return looked(step, "asking for a newer certificate", null)
        .flatMap(looked -> steps.advance(looked, step.deadline(), step.urgency()));
  }

  private Uni<Order> renew(Step step, Order latest) {
    Order old = step.order();
    Order next = generations.renewal(old, latest);
    return looked(step, "renewing as " + next.id(), null)
        .flatMap(looked -> generations.claim(next, "renewal of " + old.id()))
        .flatMap(
            claim ->
                claim.won()
                    ? steps.advance(claim.order(), step.deadline(), step.urgency())
                    : Uni.createFrom().item(claim.order()));
  }

  private Uni<Order> looked(Step step, String why, @Nullable VendorError error) {
    return new Lifetime(step).looksAgain(why, error).invoke(steps::announce);
  }
}
