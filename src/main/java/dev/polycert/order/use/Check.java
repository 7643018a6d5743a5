package dev.polycert.order.use;

import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.domain.Finding;
import dev.polycert.domain.ValidationLook;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderConfig;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.step.Each;
import dev.polycert.order.step.Renewer;
import dev.polycert.order.step.Steps;
import dev.polycert.rate.Urgency;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Checks orders and takes their next step: the use case behind {@code check-verification}. */
@ApplicationScoped
public class Check {
  /** The most orders that one request can handle. */
  private static final int MAX_DUE = 1000;

  private final OrderBook book;
  private final Steps steps;
  private final Renewer renewer;
  private final FanOut fanOut;
  private final ValidationLook look;
  private final OrderConfig config;
  private final Clock clock;

  Check(
      OrderBook book,
      Steps steps,
      Renewer renewer,
      FanOut fanOut,
      ValidationLook look,
      OrderConfig config,
      Clock clock) {
    this.book = book;
    this.steps = steps;
    this.renewer = renewer;
    this.fanOut = fanOut;
    this.look = look;
    this.config = config;
    this.clock = clock;
  }

  /**
   * The result of checking one item.
   *
   * @param asked the order id or the domain that the request names
   * @param order null when there is none
   * @param findings what we saw ourselves of each validation, before the vendor was asked; advisory
   * @param error why there is no order
   */
  public record Entry(
      String asked, @Nullable Order order, List<Finding> findings, @Nullable VendorError error) {

    public Entry {
      findings = List.copyOf(findings);
    }

    static Entry of(Order order, List<Finding> findings) {
      return new Entry(order.id().value(), order, findings, null);
    }

    private static Entry unknown(String asked, String what) {
      return new Entry(asked, null, List.of(), NamedOrders.unknown(what));
    }
  }

  private static final String FIRST_NAME =
      " (an order with further names is found by its first name or its id)";

  /** Takes a step of an order. */
  private interface Advance {
    Uni<Order> take(Order order, Instant deadline, Urgency urgency);
  }

  /** Checks the named orders; one that is not there changes nothing for the others. */
  public Uni<List<Entry>> orders(List<OrderId> ids, Instant deadline) {
    return orders(ids, order -> true, deadline);
  }

  /**
   * As above.
   *
   * @param visible selects the orders that the caller may see; the others look unknown to it
   */
  public Uni<List<Entry>> orders(List<OrderId> ids, Predicate<Order> visible, Instant deadline) {
    return Each.inTurn(
            ids,
            id ->
                book.find(id)
                    .map(
                        found ->
                            found
                                .filter(visible)
                                .map(order -> Entry.of(order, List.of()))
                                .orElseGet(() -> Entry.unknown(id.value(), id.value()))))
        .flatMap(asked -> check(asked, steps::advance, deadline));
  }

  /** Checks the latest orders of these domains at every provider. */
  public Uni<List<Entry>> domains(List<DomainName> domains, Instant deadline) {
    return domains(domains, order -> true, deadline);
  }

  /** As above. */
  public Uni<List<Entry>> domains(
      List<DomainName> domains, Predicate<Order> visible, Instant deadline) {
    return Each.inTurn(domains, domain -> latest(domain, visible))
        .flatMap(
            found ->
                check(found.stream().flatMap(List::stream).toList(), steps::advance, deadline));
  }

  private Uni<List<Entry>> latest(DomainName domain, Predicate<Order> visible) {
    return book.latest(domain)
        .map(orders -> orders.stream().filter(visible).toList())
        .map(
            orders ->
                orders.isEmpty()
                    ? List.of(Entry.unknown(domain.ascii(), "for " + domain.ascii() + FIRST_NAME))
                    : orders.stream().map(order -> Entry.of(order, List.of())).toList());
  }

  /** Takes the next step of every order whose time has come, as many as the deadline allows. */
  public Uni<List<Entry>> due(Instant deadline) {
    return book.due(clock.instant(), MAX_DUE)
        .map(orders -> orders.stream().map(order -> Entry.of(order, List.of())).toList())
        .flatMap(orders -> check(orders, renewer::advance, deadline));
  }

  private Uni<List<Entry>> check(List<Entry> entries, Advance step, Instant deadline) {
    Map<String, Entry> once = new LinkedHashMap<>();
    entries.forEach(entry -> once.putIfAbsent(entry.asked(), entry));
    return fanOut.run(
        List.copyOf(once.values()),
        entry -> entry.order() == null ? "" : entry.order().provider(),
        deadline,
        (entry, urgency) ->
            entry.order() == null
                ? Uni.createFrom().item(entry)
                : check(entry.order(), step, deadline, urgency),
        (entry, fault) ->
            entry.order() == null ? entry : Entry.of(entry.order().withError(fault), List.of()));
  }

  private Uni<Entry> check(Order order, Advance step, Instant deadline, Urgency urgency) {
    return findings(order, deadline)
        .flatMap(
            findings ->
                step.take(order, deadline, urgency).map(moved -> Entry.of(moved, findings)));
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
