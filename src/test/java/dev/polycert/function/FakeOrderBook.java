package dev.polycert.function;

import dev.polycert.domain.DomainName;
import dev.polycert.order.HistoryEntry;
import dev.polycert.order.KeyRecord;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A read-only book of one order; its only valid cursor is {@code good}. */
final class FakeOrderBook implements OrderBook {
  final Order order;
  OrderFilter filter = OrderFilter.all();
  int limit;

  FakeOrderBook(Order order) {
    this.order = order;
  }

  @Override
  public Uni<Optional<Order>> find(OrderId id) {
    return Uni.createFrom().item(Optional.of(order).filter(o -> o.id().equals(id)));
  }

  @Override
  public Uni<List<HistoryEntry>> history(OrderId id) {
    return Uni.createFrom()
        .item(
            List.of(
                new HistoryEntry(
                    1, order.createdAt(), null, OrderState.REQUESTED, "asked for", null, null)));
  }

  @Override
  public Uni<Page> list(OrderFilter asked, String cursor, int atMost) {
    filter = asked;
    limit = atMost;
    if (asked.provider() != null && !asked.provider().equals(order.provider())) {
      return Uni.createFrom().item(new Page(List.of(), null));
    }
    return cursor == null || cursor.equals("good")
        ? Uni.createFrom().item(new Page(List.of(order), "good"))
        : Uni.createFrom().failure(new IllegalArgumentException("not a cursor"));
  }

  @Override
  public Uni<Claim> claim(Order claimed, String why) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Uni<Optional<Order>> latest(String provider, String account, DomainName domain) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Uni<List<Order>> latest(DomainName domain) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Uni<Order> transition(Order next, String why, String requestId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Uni<List<Order>> due(Instant now, Set<OrderId> known, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Uni<Boolean> lease(Order order, Instant now, Instant until) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Uni<Void> put(KeyRecord key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <K extends KeyRecord> Uni<Optional<K>> key(Class<K> kind, String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <K extends KeyRecord> Uni<List<K>> keys(Class<K> kind) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Uni<Boolean> turn(String work, Instant now, Instant until) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Uni<Boolean> reserve(String resource, OrderId owner) {
    throw new UnsupportedOperationException();
  }
}
