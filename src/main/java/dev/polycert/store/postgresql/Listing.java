package dev.polycert.store.postgresql;

import dev.polycert.order.Cursor;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook.Page;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderId;
import dev.polycert.postgresql.Nanos;
import dev.polycert.store.Lists;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists orders by their indexes. A statement contains only the conditions that a list has, so that
 * PostgreSQL chooses the index for them.
 */
final class Listing {
  private final Reading reading;

  Listing(Reading reading) {
    this.reading = reading;
  }

  /** Reads one order more than asked for, to know whether there is a next page. */
  Uni<Page> list(OrderFilter filter, @Nullable Cursor after, int limit) {
    List<String> conditions = new ArrayList<>();
    Tuple values = Tuple.tuple();
    if (filter.state() != null) {
      conditions.add("state = " + place(values, filter.state().name()));
    }
    if (filter.provider() != null) {
      conditions.add("provider = " + place(values, filter.provider()));
    }
    if (filter.domain() != null) {
      // One condition for both would have all orders read.
      conditions.add(
          """
          id IN (
            SELECT id FROM polycert.orders WHERE domain = %1$s
            UNION SELECT order_id FROM polycert.alternative_name WHERE name = %1$s)\
          """
              .formatted(place(values, filter.domain().ascii())));
    }
    if (filter.label() != null) {
      // The column has the series of an order: the account, and the label where there is one.
      conditions.add("strpos(account, E'\\n') > 0");
      conditions.add("split_part(account, E'\\n', 2) = " + place(values, filter.label()));
    }
    if (filter.expiringBefore() != null) {
      conditions.add("expires < " + place(values, Nanos.of(filter.expiringBefore())));
    }
    if (filter.createdSince() != null) {
      conditions.add("created >= " + place(values, Nanos.of(filter.createdSince())));
    }
    if (after != null) {
      String created = place(values, Nanos.of(after.createdAt()));
      conditions.add(
          "(created, id) > (%s, %s)".formatted(created, place(values, after.id().value())));
    }
    String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    String statement =
        "SELECT %s FROM polycert.orders%s ORDER BY created, id LIMIT %s"
            .formatted(
                filter.expiringBefore() == null ? "content" : "id",
                where,
                place(values, limit + 1L));
    if (filter.expiringBefore() != null) {
      // Sorted by the index, which has what they are sorted by: only those of the page are read.
      statement =
          """
          WITH page AS MATERIALIZED (%s)
          SELECT content FROM page JOIN polycert.orders USING (id) ORDER BY created, id\
          """
              .formatted(statement);
    }
    return reading.all(statement, values).map(found -> Lists.page(found, limit));
  }

  /** Adds a value, and names its place in the statement. */
  private static String place(Tuple values, Object value) {
    values.addValue(value);
    return "$" + values.size();
  }

  Uni<List<Order>> due(Instant now, Set<OrderId> known, int limit) {
    String[] without = known.stream().map(OrderId::value).toArray(String[]::new);
    return reading.all(
        """
        SELECT content FROM polycert.orders
        WHERE due <= $1 AND id <> ALL ($2::text[])
        ORDER BY due, id LIMIT $3\
        """,
        Tuple.of(Nanos.of(now), without, (long) limit));
  }
}
