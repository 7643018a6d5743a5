package dev.polycert.store.postgresql;

import dev.polycert.order.PullKey;
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

/** The pull keys. */
final class PullKeyRows {
  private final Database database;
  private final OrderJson json;

  PullKeyRows(Database database, OrderJson json) {
    this.database = database;
    this.json = json;
  }

  Uni<Void> put(PullKey key) {
    return database
        .run(
            """
            INSERT INTO polycert.pull_key (id, created, content) VALUES ($1, $2, $3)
            ON CONFLICT (id) DO UPDATE SET created = $2, content = $3\
            """,
            Tuple.of(
                key.id(),
                Nanos.of(key.createdAt()),
                new String(json.write(key), StandardCharsets.UTF_8)))
        .replaceWithVoid();
  }

  Uni<Optional<PullKey>> find(String id) {
    return database
        .run("SELECT content FROM polycert.pull_key WHERE id = $1", Tuple.of(id))
        .map(rows -> keys(rows).stream().findFirst());
  }

  Uni<List<PullKey>> all() {
    return database
        .run("SELECT content FROM polycert.pull_key ORDER BY created, id", Tuple.tuple())
        .map(this::keys);
  }

  Uni<Boolean> remove(String id) {
    return database
        .run("DELETE FROM polycert.pull_key WHERE id = $1", Tuple.of(id))
        .map(done -> done.rowCount() > 0);
  }

  private List<PullKey> keys(RowSet<Row> rows) {
    List<PullKey> keys = new ArrayList<>();
    rows.forEach(
        row ->
            keys.add(json.read(row.getString(0).getBytes(StandardCharsets.UTF_8), PullKey.class)));
    return keys;
  }
}
