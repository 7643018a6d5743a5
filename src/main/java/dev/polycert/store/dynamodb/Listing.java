package dev.polycert.store.dynamodb;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Cursor;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook.Page;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderId;
import dev.polycert.store.Lists;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists orders by their indexes. Indexes lag behind the table for a moment: the orders that they
 * show are read from the table and checked again, and one made just now may be missing.
 */
final class Listing {
  /** Below every place. */
  private static final String BEGINNING = "0";

  private final IndexQueries indexes;
  private final Reading reading;

  Listing(IndexQueries indexes, Reading reading) {
    this.indexes = indexes;
    this.reading = reading;
  }

  Uni<Page> list(OrderFilter filter, @Nullable Cursor after, int limit) {
    String from = from(filter, after);
    DomainName domain = filter.domain();
    if (domain != null) {
      return reading.all(domain).map(orders -> page(orders, filter, from, limit));
    }
    // One more than asked for, to know whether there is a next page.
    return places(filter, from, limit + 1).flatMap(places -> page(places, filter, limit));
  }

  private static String from(OrderFilter filter, @Nullable Cursor after) {
    String since = filter.createdSince() == null ? BEGINNING : Keys.time(filter.createdSince());
    String page = after == null ? BEGINNING : Keys.place(after.createdAt(), after.id());
    return since.compareTo(page) > 0 ? since : page;
  }

  /** Of a domain's orders, which are few enough to read them all. */
  private static Page page(List<Order> orders, OrderFilter filter, String from, int limit) {
    List<Order> matching =
        orders.stream()
            .filter(order -> filter.matches(order) && created(order).compareTo(from) > 0)
            .sorted(Comparator.comparing(Listing::created))
            .toList();
    return Lists.page(matching, limit);
  }

  private static String created(Order order) {
    return Keys.place(order.createdAt(), order.id());
  }

  private Uni<List<String>> places(OrderFilter filter, String from, int count) {
    Instant expiring = filter.expiringBefore();
    return expiring == null
        ? indexes.created(filter, from, count)
        : indexes.expiring(filter, expiring, from, count);
  }

  /** The cursor is a place of the index, whether or not the order there still matches. */
  private Uni<Page> page(List<String> places, OrderFilter filter, int limit) {
    boolean last = places.size() <= limit;
    List<String> first = last ? places : places.subList(0, limit);
    String next = last ? null : Keys.cursor(first.getLast()).text();
    return reading
        .find(first.stream().map(Keys::id).toList())
        .map(orders -> new Page(orders.stream().filter(filter::matches).toList(), next));
  }

  Uni<List<Order>> due(Instant now, Set<OrderId> known, int limit) {
    return indexes
        .due(now, limit + known.size())
        .flatMap(
            places ->
                reading.find(
                    places.stream()
                        .map(Keys::id)
                        .filter(id -> !known.contains(id))
                        .limit(limit)
                        .toList()))
        .map(
            orders ->
                orders.stream()
                    .filter(order -> Lists.due(order).filter(at -> !at.isAfter(now)).isPresent())
                    .toList());
  }
}
