package dev.polycert.order.use;

import dev.polycert.domain.DomainName;
import dev.polycert.domain.Finding;
import dev.polycert.domain.ValidationLook;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderConfig;
import dev.polycert.order.OrderException;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.step.Each;
import dev.polycert.order.step.Renewer;
import dev.polycert.order.step.Steps;
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
public class Check {
  private final OrderBook book;
  private final NamedOrders named;
  private final Steps steps;
  private final Renewer renewer;
  private final FanOut fanOut;
  private final ValidationLook look;
  private final OrderConfig config;
  private final Clock clock;

  Check(
      OrderBook book,
      NamedOrders named,
      Steps steps,
      Renewer renewer,
      FanOut fanOut,
      ValidationLook look,
      OrderConfig config,
      Clock clock) {
    this.book = book;
    this.named = named;
    this.steps = steps;
    this.renewer = renewer;
    this.fanOut = fanOut;
    this.look = look;
    this.config = config;
    this.clock = clock;
  }

  /**
   * What a check of one order came to.
   *
   * @param findings what we saw ourselves of each validation, before the vendor was asked; advisory
   */
  public record Entry(Order order, List<Finding> findings) {

    public Entry {
      findings = List.copyOf(findings);
    }
  }

  /**
   * Checks the named orders.
   *
   * @throws OrderException.Unknown as failure, when one of them is not there; none is checked then
   */
  public Uni<List<Entry>> orders(List<OrderId> ids, Instant deadline) {
    return named.load(ids).flatMap(orders -> check(orders, steps::advance, deadline));
  }

  /**
   * Checks the latest orders of these domains at every provider.
   *
   * @throws OrderException.Unknown as failure, when a domain has no order at all
   */
  public Uni<List<Entry>> domains(List<DomainName> domains, Instant deadline) {
    return Each.inTurn(domains, this::latest)
        .flatMap(
            found ->
                check(found.stream().flatMap(List::stream).toList(), steps::advance, deadline));
  }

  private Uni<List<Order>> latest(DomainName domain) {
    return book.latest(domain)
        .invoke(
            orders -> {
              if (orders.isEmpty()) {
                throw new OrderException.Unknown("for " + domain.ascii());
              }
            });
  }

  /** Takes the next step of every order whose time has come, as many as the deadline allows. */
  public Uni<List<Entry>> due(Instant deadline) {
    return book.due(clock.instant(), Renew.MAX)
        .flatMap(orders -> check(orders, renewer::advance, deadline));
  }

  private Uni<List<Entry>> check(
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
                        step.apply(order, deadline).map(moved -> new Entry(moved, findings))),
        (order, fault) -> new Entry(order.withError(fault), List.of()));
  }

  /** What we see ourselves; it explains, and never keeps the vendor from being asked. */
  private Uni<List<Finding>> findings(Order order, Instant deadline) {
    if (order.state() != OrderState.PENDING_VALIDATION) {
      return Uni.createFrom().item(List.of());
    }
    Instant patience = clock.instant().plus(config.look());
    Instant until = patience.isBefore(deadline) ? patience : deadline;
    return Each.inTurn(order.validations(), validation -> validation.find(look, until));
  }
}
