package dev.polycert.order;

import dev.polycert.domain.DomainName;
import dev.polycert.domain.Finding;
import dev.polycert.domain.ValidationLook;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Checks orders and takes their next step: the use case behind {@code check-verification}. */
@ApplicationScoped
public class Checking {
  private final OrderBook book;
  private final OrderSteps steps;
  private final Renewals renewals;
  private final FanOut fanOut;
  private final ValidationLook look;
  private final OrderConfig config;
  private final Clock clock;

  Checking(
      OrderBook book,
      OrderSteps steps,
      Renewals renewals,
      FanOut fanOut,
      ValidationLook look,
      OrderConfig config,
      Clock clock) {
    this.book = book;
    this.steps = steps;
    this.renewals = renewals;
    this.fanOut = fanOut;
    this.look = look;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Checks the named orders.
   *
   * @throws OrderException.Unknown as failure, when one of them is not there; none is checked then
   */
  public Uni<List<Checked>> orders(List<OrderId> ids, Instant deadline) {
    return load(book, ids).flatMap(orders -> check(orders, steps::advance, deadline));
  }

  /** Reads orders by id, all or none. */
  static Uni<List<Order>> load(OrderBook book, List<OrderId> ids) {
    return Multi.createFrom()
        .iterable(ids)
        .onItem()
        .transformToUniAndConcatenate(
            id ->
                book.find(id)
                    .map(found -> found.orElseThrow(() -> new OrderException.Unknown(id.value()))))
        .collect()
        .asList();
  }

  /**
   * Checks the latest orders of these domains at every provider.
   *
   * @throws OrderException.Unknown as failure, when a domain has no order at all
   */
  public Uni<List<Checked>> domains(List<DomainName> domains, Instant deadline) {
    return Multi.createFrom()
        .iterable(domains)
        .onItem()
        .transformToUniAndConcatenate(
            domain ->
                book.latest(domain)
                    .invoke(
                        orders -> {
                          if (orders.isEmpty()) {
                            throw new OrderException.Unknown("for " + domain.ascii());
                          }
                        }))
        .collect()
        .asList()
        .flatMap(
            found ->
                check(
                    found.stream().flatMap(List::stream).distinct().toList(),
                    steps::advance,
                    deadline));
  }

  /** Takes the next step of every order whose time has come, as many as the deadline allows. */
  public Uni<List<Checked>> due(Instant deadline) {
    return book.due(clock.instant(), Renewing.MAX)
        .flatMap(orders -> check(orders, renewals::step, deadline));
  }

  private Uni<List<Checked>> check(
      List<Order> orders, BiFunction<Order, Instant, Uni<Order>> step, Instant deadline) {
    Map<OrderId, Order> once = new LinkedHashMap<>();
    orders.forEach(order -> once.putIfAbsent(order.id(), order));
    return fanOut.run(
        List.copyOf(once.values()),
        Order::provider,
        order ->
            findings(order, deadline)
                .flatMap(
                    findings ->
                        step.apply(order, deadline).map(moved -> new Checked(moved, findings))),
        (order, fault) -> new Checked(order.change().error(fault).unrecorded(), List.of()));
  }

  /** What we see ourselves; it explains, and never keeps the vendor from being asked. */
  private Uni<List<Finding>> findings(Order order, Instant deadline) {
    if (order.state() != OrderState.PENDING_VALIDATION) {
      return Uni.createFrom().item(List.of());
    }
    Instant patience = clock.instant().plus(config.look());
    Instant until = patience.isBefore(deadline) ? patience : deadline;
    return Multi.createFrom()
        .iterable(order.validations())
        .onItem()
        .transformToUniAndConcatenate(validation -> validation.find(look, until))
        .collect()
        .asList();
  }
}
