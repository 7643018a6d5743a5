package dev.polycert.order.use;

import dev.polycert.call.VendorError;
import dev.polycert.order.Cancellation;
import dev.polycert.order.Catalog;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.step.Canceller;
import dev.polycert.order.step.Generations;
import dev.polycert.order.step.Step;
import dev.polycert.order.step.Steps;
import dev.polycert.order.use.Apply.Command;
import dev.polycert.order.use.Apply.Entry;
import dev.polycert.provider.Capability;
import dev.polycert.provider.RevocationReason;
import dev.polycert.provider.Terms;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/**
 * Meets a request for another validation than the one that an order waits for, at providers where
 * an application with the other one takes the place of the first: the order ends, and the next
 * generation is sent as any other.
 */
@ApplicationScoped
class SwitchedValidation {
  private final Catalog catalog;
  private final OrderBook book;
  private final Generations generations;
  private final Steps steps;

  SwitchedValidation(Catalog catalog, OrderBook book, Generations generations, Steps steps) {
    this.catalog = catalog;
    this.book = book;
    this.generations = generations;
    this.steps = steps;
  }

  boolean applies(Command command, Order live) {
    return live.state() == OrderState.PENDING_VALIDATION
        && command.validation() != null
        && command.validation() != live.terms().validation()
        && catalog.incapable(live.provider(), Capability.SWITCH_VALIDATION).isEmpty();
  }

  /**
   * Ends the order and makes the next generation, which is still to be sent.
   *
   * @param terms those of the next generation
   */
  Uni<Entry> end(Command command, Order live, Terms terms, Instant deadline) {
    Step step = steps.step(live, deadline);
    Entry busy = Entry.of(live, true).withError(ChangedTerms.busy("validation", live));
    Optional<VendorError> unusable = step.unusable();
    if (step.othersAtWork() || unusable.isPresent()) {
      return Uni.createFrom().item(unusable.map(Entry.of(live, true)::withError).orElse(busy));
    }
    return new Canceller(step)
        .end(Cancellation.Kind.CANCEL, RevocationReason.UNSPECIFIED)
        .flatMap(
            ended ->
                ended.done()
                    ? follow(live, ended.order(), terms)
                    : Uni.createFrom()
                        .item(
                            ended.error() == null
                                ? busy
                                : Entry.of(ended.order(), true).withError(ended.error())))
        .onFailure(StaleOrderException.class)
        .recoverWithItem(busy);
  }

  private Uni<Entry> follow(Order live, Order ended, Terms terms) {
    return renewed(live)
        .map(
            old ->
                old.map(order -> generations.reissue(order, ended, terms))
                    .orElseGet(
                        () ->
                            generations.next(
                                live.provider(),
                                live.domain(),
                                live.identity().label(),
                                ended,
                                terms)))
        .flatMap(next -> generations.claim(next, "in the place of " + live.id()))
        .map(
            claim ->
                Entry.of(claim.order(), !claim.won())
                    .note(
                        "takes the place of order %s, whose validation was %s"
                            .formatted(live.id(), live.terms().validation())));
  }

  /** The issued order that this one renews. */
  Uni<Optional<Order>> renewed(Order live) {
    OrderId before = live.renewalOf();
    return before == null
        ? Uni.createFrom().item(Optional.empty())
        : book.find(before).map(old -> old.filter(order -> order.state() == OrderState.ISSUED));
  }
}
