package dev.polycert.store.dynamodb;

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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** The order book in one DynamoDB table, for any number of instances. */
@ApplicationScoped
@Identifier("dynamodb")
public class DynamoOrderBook implements OrderBook {
  private final Reading reading;
  private final Writing writing;
  private final Listing listing;
  private final HistoryEnd historyEnd;
  private final KeyItems keys;

  DynamoOrderBook(DynamoDbAsyncClient client, DynamoConfig config, RandomGenerator random) {
    Items items = new Items();
    reading = new Reading(client, config.table(), items);
    writing = new Writing(client, config.table(), items, reading, random);
    listing = new Listing(new IndexQueries(client, config.table()), reading);
    keys = new KeyItems(client, config.table(), reading);
    historyEnd = new HistoryEnd(client, config, reading);
  }

  @Override
  public Uni<Claim> claim(Order order, String why) {
    return writing.claim(order, why);
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
    return writing.transition(next, why, requestId).call(historyEnd::schedule);
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
