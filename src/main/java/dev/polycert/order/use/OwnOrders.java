package dev.polycert.order.use;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Cursor;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderException;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderId;
import dev.polycert.order.Principal;
import dev.polycert.order.step.Each;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets a limited caller reach only its own orders. All others look to it like orders that do not
 * exist: ids follow from domain and provider, so any other answer would reveal which orders exist.
 */
@ApplicationScoped
public class OwnOrders {
  /** How many pages without an order of the caller's are read for one answer. */
  private static final int MOST_PAGES = 20;

  private final OrderBook book;

  OwnOrders(OrderBook book) {
    this.book = book;
  }

  /** Works on the caller's own of these orders, and answers for each that was named. */
  public <R> Uni<List<NamedOrder<R>>> each(
      Principal caller, List<OrderId> ids, Function<List<OrderId>, Uni<List<NamedOrder<R>>>> work) {
    if (!caller.limited()) {
      return work.apply(ids);
    }
    return own(caller, ids)
        .flatMap(
            own ->
                own.isEmpty()
                    ? Uni.createFrom().item(List.<NamedOrder<R>>of())
                    : work.apply(own.stream().map(Order::id).toList()))
        .map(results -> NamedOrders.complete(ids, results));
  }

  /** The domains of a limited caller's own of these orders; none for others, without a reading. */
  public Uni<List<DomainName>> domains(Principal caller, List<OrderId> ids) {
    return caller.limited()
        ? own(caller, ids).map(own -> own.stream().map(Order::domain).distinct().toList())
        : Uni.createFrom().item(List.of());
  }

  /** The caller's own of these orders. */
  private Uni<List<Order>> own(Principal caller, List<OrderId> ids) {
    return Each.inTurn(ids, book::find)
        .map(found -> found.stream().flatMap(Optional::stream).filter(caller::owns).toList());
  }

  /**
   * Selects the domains with an order at one of the caller's accounts that is still not its own,
   * because the order is for names of others as well.
   */
  public Uni<List<DomainName>> shared(Principal caller, List<DomainName> domains) {
    if (caller.suffixes().isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return Each.inTurn(domains, book::latest)
        .map(
            found ->
                found.stream()
                    .flatMap(List::stream)
                    .filter(order -> caller.mayUse(order.provider()) && !caller.owns(order))
                    // An ended order shares nothing, unless the certificate before it is in use.
                    .filter(order -> !order.state().ended() || order.renewalOf() != null)
                    .map(Order::domain)
                    .distinct()
                    .toList());
  }

  /**
   * Requires that an order is the caller's own.
   *
   * @throws OrderException.Unknown as failure, when it is not, or is not there
   */
  public Uni<Order> require(Principal caller, OrderId id) {
    return book.find(id)
        .map(
            found ->
                found
                    .filter(order -> !caller.limited() || caller.owns(order))
                    .orElseThrow(() -> new OrderException.Unknown(id.value())));
  }

  /** As above, where the order itself is not needed: a caller without limits costs no reading. */
  public Uni<Void> requireOwn(Principal caller, OrderId id) {
    return caller.limited() ? require(caller, id).replaceWithVoid() : Uni.createFrom().voidItem();
  }

  /** A page of the caller's own orders, which may have fewer than asked for before the last one. */
  public Uni<OrderBook.Page> list(
      Principal caller, OrderFilter filter, @Nullable String cursor, int limit) {
    return caller.limited()
        ? list(caller, filter, cursor, cursor, limit, MOST_PAGES)
        : book.list(filter, cursor, limit);
  }

  /** Whether the caller has orders at a provider, which may not be configured any more. */
  public Uni<Boolean> areAt(Principal caller, String provider) {
    return list(caller, new OrderFilter(null, provider, null, null), null, 1)
        .map(page -> !page.orders().isEmpty() || page.next() != null);
  }

  private Uni<OrderBook.Page> list(
      Principal caller,
      OrderFilter filter,
      @Nullable String begin,
      @Nullable String cursor,
      int limit,
      int pages) {
    return book.list(filter, cursor, limit)
        .flatMap(
            page -> {
              List<Order> own = page.orders().stream().filter(caller::owns).toList();
              String next = page.next();
              // An empty page must end at another time than it began, or the next is the same.
              if (next != null && own.isEmpty() && (pages > 1 || Cursor.sameTime(begin, next))) {
                return list(caller, filter, begin, next, limit, pages - 1);
              }
              return Uni.createFrom()
                  .item(
                      new OrderBook.Page(
                          own,
                          next == null
                              ? null
                              : Cursor.limited(next, own.isEmpty() ? null : own.getLast())));
            });
  }
}
