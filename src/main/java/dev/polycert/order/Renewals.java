package dev.polycert.order;

import dev.polycert.call.VendorError;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Renewal;
import dev.polycert.provider.RenewalWindow;
import dev.polycert.provider.Terms;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
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
class Renewals {
  private final OrderBook book;
  private final OrderSteps steps;

  Renewals(OrderBook book, OrderSteps steps) {
    this.book = book;
    this.steps = steps;
  }

  /**
   * Takes the step of an order that is due.
   *
   * @return the order afterwards; the one that renews it, when that was made just now
   */
  Uni<Order> step(Order order, Instant deadline) {
    Step step = steps.step(order, deadline);
    if (order.state() != OrderState.ISSUED
        || step.renewal().over()
        || step.intents().ends()
        || Upkeep.due(order, step.now())) {
      return steps.advance(order, deadline);
    }
    return book.latest(order.provider(), order.account(), order.domain())
        .flatMap(latest -> look(step, latest.orElse(order)))
        .onFailure(failure -> !(failure instanceof StaleOrderException))
        .call(() -> steps.faulted(step, order))
        .onFailure(StaleOrderException.class)
        .recoverWithItem(order);
  }

  private Uni<Order> look(Step step, Order latest) {
    Order order = step.order();
    boolean later = latest.generation() > order.generation();
    if (later && latest.state() == OrderState.ISSUED) {
      return step.renewal().followed(latest);
    }
    if (later && latest.state().open()) {
      return looked(step, "its renewal " + latest.id() + " is " + latest.state(), null);
    }
    Optional<Instant> pause = later ? pauseAfter(latest, order) : Optional.empty();
    if (pause.filter(step.now()::isBefore).isPresent()) {
      return step.renewal().pauses(latest, pause.get());
    }
    Optional<VendorError> unusable = OrderSteps.unusable(step);
    if (unusable.isPresent()) {
      return looked(step, "cannot be renewed", unusable.get());
    }
    if (!step.renewal().suggests()) {
      return isOurs(step, null) ? renew(step, latest) : ask(step);
    }
    return step.provider
        .renewalWindow(order.application(), step.reading())
        .flatMap(
            window ->
                isOurs(step, window.orElse(null))
                    ? renew(step, latest)
                    : step.renewal().suggested(window).invoke(steps::tell));
  }

  /**
   * Until when a renewal that came to nothing is not followed by another one. The order's next step
   * says so as well, but something else may have come in between.
   */
  private static Optional<Instant> pauseAfter(Order failed, Order order) {
    return Validity.of(order).map(valid -> valid.nextLook(order.attempts(), failed.createdAt()));
  }

  /**
   * Whether we have to apply. A vendor that renews by itself is given until near the end; and an
   * order may be due early because the vendor is at something else, such as a revocation.
   */
  private static boolean isOurs(Step step, @Nullable RenewalWindow suggested) {
    Renewal renewal = step.provider.renewal();
    return Validity.of(step.order())
        .filter(validity -> !step.now().isBefore(validity.renewal(renewal, suggested)))
        .filter(validity -> !renewal.byVendor() || validity.ending(step.now()))
        .isPresent();
  }

  /** Asks whether the vendor has renewed, or what it has not told yet. */
  private Uni<Order> ask(Step step) {
    return looked(step, "asking for a newer certificate", null)
        .flatMap(looked -> steps.advance(looked, step.deadline));
  }

  private Uni<Order> renew(Step step, Order latest) {
    Order old = step.order();
    Order next = steps.renewal(old, latest);
    return looked(step, "renewing as " + next.id(), null)
        .flatMap(looked -> steps.claim(next, "renewal of " + old.id()))
        .flatMap(
            claim ->
                claim.won()
                    ? steps.advance(claim.order(), step.deadline)
                    : Uni.createFrom().item(claim.order()));
  }

  private Uni<Order> looked(Step step, String why, @Nullable VendorError error) {
    return step.renewal().looksAgain(why, error).invoke(steps::tell);
  }

  /**
   * The terms of the next generation. An option that named the old certificate to take it over
   * would take it over again.
   */
  static Terms terms(Order old) {
    Terms terms = old.terms();
    Reference reference = old.reference();
    if (reference == null || !terms.options().entrySet().containsAll(reference.ids().entrySet())) {
      return terms;
    }
    Map<String, String> options = new HashMap<>(terms.options());
    options.keySet().removeAll(reference.ids().keySet());
    return terms.withOptions(options);
  }
}
