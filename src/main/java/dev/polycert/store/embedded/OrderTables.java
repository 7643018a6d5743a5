package dev.polycert.store.embedded;

import com.google.common.collect.Iterators;
import dev.polycert.domain.DomainName;
import dev.polycert.order.HistoryEntry;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook.Claim;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderId;
import dev.polycert.store.Kept;
import dev.polycert.store.OrderJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * The order book as sorted maps: the orders and their history, and the indexes by which they are
 * found. Knows nothing of threads and commits; a method that changes something reads first and
 * writes last.
 */
final class OrderTables {
  /** More than one, so that what is overdue gets less when a retention is set or shortened. */
  private static final int FORGOTTEN_AT_ONCE = 3;

  /** An empty map, which says that the other names of certificates are indexed. */
  private static final String NAMED = "named";

  private final OrderJson json;
  private final Optional<Duration> retention;

  /** Id → order. */
  private final MVMap<String, byte[]> orders;

  /** Id, version → entry. */
  private final MVMap<String, byte[]> history;

  /** Domain, provider, account, generation → id. */
  private final MVMap<String, String> generations;

  /**
   * Domain, creation, id → id; once more with an empty domain, for lists of all, and with each
   * other name of the certificate.
   */
  private final MVMap<String, String> creations;

  /** Time, id → id. */
  private final MVMap<String, String> due;

  /** Time of the end, id → id: ended orders that have a history. */
  private final MVMap<String, String> ends;

  /** Resource → id of its owner. */
  private final MVMap<String, String> reservations;

  /** Work → when it is to be done next. */
  private final MVMap<String, String> turns;

  /**
   * Opens the maps.
   *
   * @param retention how long histories are kept after the end of their orders; empty for ever
   */
  OrderTables(OrderFile file, OrderJson json, Optional<Duration> retention) {
    this.json = json;
    this.retention = retention;
    boolean indexed = file.has("ends");
    boolean named = file.has(NAMED);
    orders = file.values("orders");
    history = file.values("history");
    generations = file.index("generations");
    creations = file.index("creations");
    due = file.index("due");
    ends = file.index("ends");
    reservations = file.index("reservations");
    turns = file.index("turns");
    if (!indexed) {
      indexEnds();
    }
    if (!named) {
      file.index(NAMED);
      all().forEachRemaining(this::indexNames);
    }
  }

  /** For files of versions that did not have this index. */
  private void indexEnds() {
    all()
        .forEachRemaining(
            order -> {
              if (order.state().ended()) {
                ends.put(Keys.end(order), order.id().value());
              }
            });
  }

  private Iterator<Order> all() {
    return Iterators.transform(orders.keyIterator(""), id -> indexed(id));
  }

  Claim claim(Order order, String why) {
    Optional<Order> there = find(order.id());
    if (there.isPresent()) {
      return new Claim(there.get(), false);
    }
    put(order, null, why, null);
    indexNew(order);
    return new Claim(order, true);
  }

  private void indexNew(Order order) {
    String id = order.id().value();
    generations.put(Keys.generation(order), id);
    creations.put(Keys.join("", Keys.creation(order)), id);
    creations.put(Keys.join(order.domain().ascii(), Keys.creation(order)), id);
    indexNames(order);
  }

  private void indexNames(Order order) {
    for (DomainName name : order.alternativeNames()) {
      creations.put(Keys.join(name.ascii(), Keys.creation(order)), order.id().value());
    }
  }

  /**
   * Puts an order in as another store has it, in place of what is there.
   *
   * @param value its JSON
   * @param entries of its history, as JSON
   */
  void copy(Order order, byte[] value, List<byte[]> entries) {
    Order before = find(order.id()).orElse(null);
    List<String> keys =
        entries.stream().map(entry -> Keys.history(order.id(), Kept.version(entry, json))).toList();
    orders.put(order.id().value(), value);
    for (int i = 0; i < keys.size(); i++) {
      history.put(keys.get(i), entries.get(i));
    }
    index(order, before);
    indexNew(order);
  }

  Order transition(Order next, String why, @Nullable String requestId) {
    Order before =
        find(next.id())
            .filter(order -> order.version() == next.version() - 1)
            .orElseThrow(() -> new StaleOrderException(next.id()));
    put(next, before, why, requestId);
    return next;
  }

  private void put(Order order, @Nullable Order before, String why, @Nullable String requestId) {
    byte[] orderJson = json.write(order);
    byte[] entryJson = json.entry(order, why, requestId);
    orders.put(order.id().value(), orderJson);
    history.put(Keys.history(order.id(), order.version()), entryJson);
    index(order, before);
    if (order.state().ended()) {
      retention.ifPresent(kept -> forget(order.updatedAt().minus(kept)));
    }
  }

  private void index(Order order, @Nullable Order before) {
    if (before != null) {
      Keys.due(before).ifPresent(due::remove);
    }
    Keys.due(order).ifPresent(key -> due.put(key, order.id().value()));
    if (before != null && before.state().ended()) {
      ends.remove(Keys.end(before));
    }
    if (order.state().ended()) {
      ends.put(Keys.end(order), order.id().value());
    }
  }

  /** Each end deletes the histories of a few orders that ended long before. */
  private void forget(Instant endedBefore) {
    for (int i = 0; i < FORGOTTEN_AT_ONCE; i++) {
      String first = ends.firstKey();
      if (first == null || first.compareTo(Keys.time(endedBefore)) >= 0) {
        return;
      }
      String prefix = Objects.requireNonNull(ends.remove(first)) + Keys.SEPARATOR;
      String entry = history.ceilingKey(prefix);
      while (entry != null && entry.startsWith(prefix)) {
        history.remove(entry);
        entry = history.higherKey(entry);
      }
    }
  }

  /** An owner that is not in the book counts as one that has not ended. */
  boolean reserve(String resource, OrderId owner) {
    String holder = reservations.get(resource);
    boolean free =
        holder == null
            || find(new OrderId(holder)).filter(order -> order.state().ended()).isPresent();
    if (free) {
      reservations.put(resource, owner.value());
    }
    return free || owner.value().equals(holder);
  }

  MVMap<String, byte[]> orders() {
    return orders;
  }

  MVMap<String, String> reservations() {
    return reservations;
  }

  MVMap<String, String> turns() {
    return turns;
  }

  boolean turn(String work, Instant now, Instant until) {
    String next = turns.get(work);
    boolean free = next == null || next.compareTo(Keys.time(now)) <= 0;
    if (free) {
      turns.put(work, Keys.time(until));
    }
    return free;
  }

  Optional<Order> find(OrderId id) {
    return Optional.ofNullable(orders.get(id.value())).map(this::order);
  }

  private Order order(byte[] value) {
    return json.read(value, Order.class);
  }

  /** The order that an index leads to. */
  private Order indexed(@Nullable String id) {
    return Optional.ofNullable(id)
        .flatMap(known -> find(new OrderId(known)))
        .orElseThrow(() -> new IllegalStateException(id + " is in an index, but not in the book"));
  }

  Optional<Order> latest(String provider, String series, DomainName domain) {
    String prefix = Keys.account(provider, series, domain.ascii()) + Keys.SEPARATOR;
    String key = generations.lowerKey(prefix + Keys.END);
    return key != null && key.startsWith(prefix)
        ? Optional.of(indexed(generations.get(key)))
        : Optional.empty();
  }

  /** Goes from account to account backwards, past their older generations. */
  List<Order> latest(DomainName domain) {
    String prefix = domain.ascii() + Keys.SEPARATOR;
    List<Order> latest = new ArrayList<>();
    String key = generations.lowerKey(prefix + Keys.END);
    while (key != null && key.startsWith(prefix)) {
      Order order = indexed(generations.get(key));
      latest.addFirst(order);
      key =
          generations.lowerKey(
              Keys.account(order.provider(), order.series(), domain.ascii()) + Keys.SEPARATOR);
    }
    return latest;
  }

  List<HistoryEntry> history(OrderId id) {
    return json.history(entries(id.value()));
  }

  /** The JSON of the entries of an order's history, the oldest first. */
  List<byte[]> entries(String id) {
    String prefix = id + Keys.SEPARATOR;
    List<byte[]> entries = new ArrayList<>();
    var cursor = history.cursor(prefix, prefix + Keys.END, false);
    while (cursor.hasNext()) {
      cursor.next();
      entries.add(cursor.getValue());
    }
    return entries;
  }

  /**
   * A stretch of a list.
   *
   * @param orders those that the filter lets through
   * @param end where the stretch ended, to go on from there; null when nothing follows
   */
  record Stretch(List<Order> orders, @Nullable String end) {}

  /**
   * Looks at the orders that follow a place in the order of creation.
   *
   * @param after the place; null for the beginning
   * @param count how many to look at, at most
   */
  Stretch list(OrderFilter filter, @Nullable String after, int count) {
    String prefix = (filter.domain() == null ? "" : filter.domain().ascii()) + Keys.SEPARATOR;
    List<Order> found = new ArrayList<>();
    Iterator<String> keys = creations.keyIterator(prefix + (after == null ? "" : after + Keys.END));
    String end = after;
    for (int looked = 0; looked < count; looked++) {
      String key = keys.hasNext() ? keys.next() : "";
      if (!key.startsWith(prefix)) {
        return new Stretch(found, null);
      }
      end = key.substring(prefix.length());
      Order order = indexed(creations.get(key));
      if (filter.matches(order)) {
        found.add(order);
      }
    }
    return new Stretch(found, end);
  }

  List<Order> due(Instant now, Set<OrderId> known, int limit) {
    List<Order> orders = new ArrayList<>();
    Iterator<String> keys = due.keyIterator("");
    String end = Keys.join(Keys.time(now), Keys.END);
    while (orders.size() < limit && keys.hasNext()) {
      String key = keys.next();
      if (key.compareTo(end) > 0) {
        break;
      }
      String id = due.get(key);
      if (id == null || !known.contains(new OrderId(id))) {
        orders.add(indexed(id));
      }
    }
    return orders;
  }
}
