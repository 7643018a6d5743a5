package dev.polycert.store.embedded;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Cursor;
import dev.polycert.order.HistoryEntry;
import dev.polycert.order.KeyRecord;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderId;
import dev.polycert.store.Lists;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The order book in one file of this process. */
@ApplicationScoped
@Identifier("embedded")
public class EmbeddedOrderBook implements OrderBook {
  /** Orders looked at in one go while listing: a rare match must not hold up the writer. */
  private static final int STRETCH = 256;

  private final EmbeddedFile file;

  EmbeddedOrderBook(EmbeddedFile file) {
    this.file = file;
  }

  @Override
  public Uni<Claim> claim(Order order, String why) {
    return write(tables -> tables.claim(order, why));
  }

  @Override
  public Uni<Optional<Order>> find(OrderId id) {
    return read(tables -> tables.find(id));
  }

  @Override
  public Uni<Optional<Order>> latest(String provider, String series, DomainName domain) {
    return read(tables -> tables.latest(provider, series, domain));
  }

  @Override
  public Uni<List<Order>> latest(DomainName domain) {
    return read(tables -> tables.latest(domain));
  }

  @Override
  public Uni<Order> transition(Order next, String why, @Nullable String requestId) {
    return write(tables -> tables.transition(next, why, requestId));
  }

  @Override
  public Uni<List<HistoryEntry>> history(OrderId id) {
    return read(tables -> tables.history(id));
  }

  @Override
  public Uni<Page> list(OrderFilter filter, @Nullable String cursor, int limit) {
    return file.run(
        () ->
            page(
                filter,
                cursor == null ? null : Keys.creation(Cursor.parse(cursor)),
                Lists.limit(limit)));
  }

  @Override
  public Uni<List<Order>> due(Instant now, Set<OrderId> known, int limit) {
    return read(tables -> tables.due(now, known, Lists.limit(limit)));
  }

  /** The file is of one process, which knows what it has at work. */
  @Override
  public Uni<Boolean> lease(Order order, Instant now, Instant until) {
    return Uni.createFrom().item(true);
  }

  @Override
  public Uni<Boolean> reserve(String resource, OrderId owner) {
    return write(tables -> tables.reserve(resource, owner));
  }

  @Override
  public Uni<Boolean> turn(String work, Instant now, Instant until) {
    return write(tables -> tables.turn(work, now, until));
  }

  @Override
  public Uni<Void> put(KeyRecord key) {
    return file.write(open -> open.keys().put(key)).replaceWithVoid();
  }

  @Override
  public <K extends KeyRecord> Uni<Optional<K>> key(Class<K> kind, String id) {
    return file.read(open -> open.keys().find(kind, id));
  }

  @Override
  public <K extends KeyRecord> Uni<List<K>> keys(Class<K> kind) {
    return file.read(open -> open.keys().all(kind));
  }

  /** Looks for one order more than asked for, to know whether there is a next page. */
  private Page page(OrderFilter filter, @Nullable String after, int limit) {
    EmbeddedFile.Session open = file.session();
    List<Order> found = new ArrayList<>();
    String place = after == null ? Keys.since(filter) : after;
    do {
      String from = place;
      int count = Math.min(STRETCH, limit - found.size()) + 1;
      OrderTables.Stretch stretch =
          open.commits().read(() -> open.orders().list(filter, from, count));
      found.addAll(stretch.orders());
      place = stretch.end();
    } while (place != null && found.size() <= limit);
    return Lists.page(found, limit);
  }

  private <T> Uni<T> write(Function<OrderTables, T> change) {
    return file.write(open -> change.apply(open.orders()));
  }

  private <T> Uni<T> read(Function<OrderTables, T> question) {
    return file.read(open -> question.apply(open.orders()));
  }

  /** Closes the file, with the vault in it. */
  void close() {
    file.close();
  }
}
