package dev.polycert.store.postgresql;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Cursor;
import dev.polycert.order.HistoryEntry;
import dev.polycert.order.KeyRecord;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderId;
import dev.polycert.order.Transition;
import dev.polycert.postgresql.Database;
import dev.polycert.store.Lists;
import dev.polycert.store.OrderJson;
import dev.polycert.store.StoreConfig;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The order book in one PostgreSQL database, for any number of processes. */
@ApplicationScoped
@Identifier("postgresql")
public class PostgresqlOrderBook implements OrderBook {
  private final Reading reading;
  private final Writing writing;
  private final Listing listing;
  private final HistoryMonths months;
  private final WakeUps wakeUps;
  private final Reports reports;
  private final KeyRows keys;

  PostgresqlOrderBook(Database database, StoreConfig config, RandomGenerator random) {
    OrderJson json = new OrderJson();
    months = new HistoryMonths(database, config.history());
    reading = new Reading(database, json);
    writing = new Writing(database, json, reading, months, random);
    listing = new Listing(reading);
    keys = new KeyRows(database, json);
    wakeUps = new WakeUps(database);
    reports = new Reports(database, json, random);
  }

  @Override
  public Uni<Claim> claim(Order order, String why) {
    return writing.claim(order, why).invoke(claim -> wakeUps.recorded(claim.order()));
  }

  @Override
  public Uni<Optional<Order>> find(OrderId id) {
    return reading.find(id);
  }

  @Override
  public Uni<Optional<Order>> latest(String provider, String series, DomainName domain) {
    return reading.latest(provider, series, domain);
  }

  @Override
  public Uni<List<Order>> latest(DomainName domain) {
    return reading.latest(domain);
  }

  @Override
  public Uni<Order> transition(Order next, String why, @Nullable String requestId) {
    return writing.transition(next, why, requestId).call(months::forget).invoke(wakeUps::recorded);
  }

  @Override
  public Uni<List<HistoryEntry>> history(OrderId id) {
    return reading.history(id);
  }

  @Override
  public Uni<Page> list(OrderFilter filter, @Nullable String cursor, int limit) {
    return Uni.createFrom()
        .deferred(
            () ->
                listing.list(
                    filter, cursor == null ? null : Cursor.parse(cursor), Lists.limit(limit)));
  }

  @Override
  public Uni<List<Order>> due(Instant now, Set<OrderId> known, int limit) {
    return Uni.createFrom().deferred(() -> listing.due(now, known, Lists.limit(limit)));
  }

  @Override
  public Uni<Boolean> lease(Order order, Instant now, Instant until) {
    return writing.lease(order, now, until);
  }

  @Override
  public Multi<WakeUp> wakeUps() {
    return wakeUps.listen();
  }

  @Override
  public void report(Transition recorded) {
    reports.send(recorded);
  }

  @Override
  public Multi<Optional<Transition>> elsewhere() {
    return reports.listen();
  }

  @Override
  public Uni<Boolean> reserve(String resource, OrderId owner) {
    return writing.reserve(resource, owner);
  }

  @Override
  public Uni<Boolean> turn(String work, Instant now, Instant until) {
    return writing.turn(work, now, until);
  }

  @Override
  public Uni<Void> put(KeyRecord key) {
    return keys.put(key);
  }

  @Override
  public <K extends KeyRecord> Uni<Optional<K>> key(Class<K> kind, String id) {
    return keys.find(kind, id);
  }

  @Override
  public <K extends KeyRecord> Uni<List<K>> keys(Class<K> kind) {
    return keys.all(kind);
  }
}
