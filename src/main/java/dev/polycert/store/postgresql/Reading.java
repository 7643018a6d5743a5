package dev.polycert.store.postgresql;

import dev.polycert.domain.DomainName;
import dev.polycert.order.HistoryEntry;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.postgresql.Database;
import dev.polycert.store.OrderJson;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads orders and histories. */
final class Reading {
  private final Database database;
  private final OrderJson json;

  Reading(Database database, OrderJson json) {
    this.database = database;
    this.json = json;
  }

  Uni<Optional<Order>> find(OrderId id) {
    return first("SELECT content FROM polycert.orders WHERE id = $1", Tuple.of(id.value()));
  }

  Uni<Optional<Order>> latest(String provider, String series, DomainName domain) {
    return first(
        """
        SELECT content FROM polycert.orders
        WHERE domain = $1 AND provider = $2 AND account = $3
        ORDER BY generation DESC LIMIT 1\
        """,
        Tuple.of(domain.ascii(), provider, series));
  }

  Uni<List<Order>> latest(DomainName domain) {
    return all(
        """
        SELECT DISTINCT ON (provider, account) content FROM polycert.orders
        WHERE domain = $1
        ORDER BY provider, account, generation DESC\
        """,
        Tuple.of(domain.ascii()));
  }

  Uni<List<HistoryEntry>> history(OrderId id) {
    return database
        .run(
            "SELECT content FROM polycert.history WHERE order_id = $1 ORDER BY version",
            Tuple.of(id.value()))
        .map(rows -> json.history(contents(rows)));
  }

  private Uni<Optional<Order>> first(String statement, Tuple values) {
    return all(statement, values).map(orders -> orders.stream().findFirst());
  }

  /** The orders that a statement selects by their content. */
  Uni<List<Order>> all(String statement, Tuple values) {
    return database
        .run(statement, values)
        .map(
            rows ->
                contents(rows).stream().map(content -> json.read(content, Order.class)).toList());
  }

  private static List<byte[]> contents(RowSet<Row> rows) {
    List<byte[]> contents = new ArrayList<>(rows.size());
    rows.forEach(row -> contents.add(row.getString(0).getBytes(StandardCharsets.UTF_8)));
    return contents;
  }
}
