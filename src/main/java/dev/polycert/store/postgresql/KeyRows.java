package dev.polycert.store.postgresql;

import dev.polycert.order.ApiKey;
import dev.polycert.order.KeyRecord;
import dev.polycert.postgresql.Database;
import dev.polycert.postgresql.Nanos;
import dev.polycert.store.OrderJson;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys, those of a kind in one table. */
final class KeyRows {
  private final Database database;
  private final OrderJson json;

  KeyRows(Database database, OrderJson json) {
    this.database = database;
    this.json = json;
  }

  Uni<Void> put(KeyRecord key) {
    return database
        .run(
            """
            INSERT INTO %s (id, created, content) VALUES ($1, $2, $3)
            ON CONFLICT (id) DO UPDATE SET created = $2, content = $3\
            """
                .formatted(table(key.getClass())),
            Tuple.of(
                key.id(),
                Nanos.of(key.createdAt()),
                new String(json.write(key), StandardCharsets.UTF_8)))
        .replaceWithVoid();
  }

  <K extends KeyRecord> Uni<Optional<K>> find(Class<K> kind, String id) {
    return database
        .run("SELECT content FROM %s WHERE id = $1".formatted(table(kind)), Tuple.of(id))
        .map(rows -> keys(rows, kind).stream().findFirst());
  }

  <K extends KeyRecord> Uni<List<K>> all(Class<K> kind) {
    return database
        .run("SELECT content FROM %s ORDER BY created, id".formatted(table(kind)), Tuple.tuple())
        .map(rows -> keys(rows, kind));
  }

  private static String table(Class<? extends KeyRecord> kind) {
    return kind == ApiKey.class ? "polycert.api_key" : "polycert.pull_key";
  }

  private <K extends KeyRecord> List<K> keys(RowSet<Row> rows, Class<K> kind) {
    List<K> keys = new ArrayList<>();
    rows.forEach(
        row -> keys.add(json.key(row.getString(0).getBytes(StandardCharsets.UTF_8), kind)));
    return keys;
  }
}
