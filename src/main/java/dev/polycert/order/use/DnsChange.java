package dev.polycert.order.use;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.order.OrderState;
import dev.polycert.order.step.RecordNames;
import dev.polycert.order.step.Steps;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Checks the orders whose validation may have been published just now: the use case behind {@code
 * dns-changed}. A reported change is a hint and never a proof.
 */
@ApplicationScoped
public class DnsChange {
  /** More names than that are not looked up one by one: the sweep finds what is due. */
  private static final int MAX_NAMES = 100;

  private static final int AT_ONCE = 8;

  private final OrderBook book;
  private final Steps steps;
  private final FanOut fanOut;
  private final Renew renew;

  DnsChange(OrderBook book, Steps steps, FanOut fanOut, Renew renew) {
    this.book = book;
    this.steps = steps;
    this.fanOut = fanOut;
    this.renew = renew;
  }

  /**
   * Checks the orders that wait for validation under names of records.
   *
   * @param names lower case, without the trailing dot
   * @return the orders that were checked
   */
  public Uni<List<Order>> under(Collection<String> names, Instant deadline) {
    return names.size() > MAX_NAMES
        ? somewhere(deadline)
        : check(RecordNames.domains(names), deadline);
  }

  /** Takes the steps that are due, because the event does not say what has changed. */
  public Uni<List<Order>> somewhere(Instant deadline) {
    return renew.due(deadline);
  }

  private Uni<List<Order>> check(Set<DomainName> domains, Instant deadline) {
    return Multi.createFrom()
        .iterable(domains)
        .onItem()
        .transformToUni(book::latest)
        .merge(AT_ONCE)
        .collect()
        .asList()
        .map(
            found ->
                found.stream()
                    .flatMap(List::stream)
                    .filter(order -> order.state() == OrderState.PENDING_VALIDATION)
                    .toList())
        .flatMap(
            orders ->
                fanOut.run(
                    orders, Order::provider, order -> check(order, deadline), Order::withError));
  }

  /** The steps that follow come fast again. */
  private Uni<Order> check(Order order, Instant deadline) {
    Order hinted = order.with(order.schedule().withAttempts(0));
    return steps
        .step(order, deadline)
        .record(hinted, "the DNS has changed under its name", null)
        .flatMap(recorded -> steps.advance(recorded, deadline))
        .onFailure(StaleOrderException.class)
        .recoverWithItem(order);
  }
}
