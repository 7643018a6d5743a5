package dev.polycert.store.postgresql;

import dev.polycert.domain.DomainName;
import dev.polycert.order.ApiKey;
import dev.polycert.order.KeyRecord;
import dev.polycert.order.Order;
import dev.polycert.order.PullKey;
import dev.polycert.postgresql.Database;
import dev.polycert.postgresql.Nanos;
import dev.polycert.store.Kept;
import dev.polycert.store.Kept.Kind;
import dev.polycert.store.Lists;
import dev.polycert.store.OrderJson;
import dev.polycert.store.Portable;
import dev.polycert.store.StoreConfig;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Copies the tables of the order book and of the vault. */
@ApplicationScoped
@Identifier("postgresql")
public class PostgresqlPortable implements Portable {
  /** How many things are read at once. */
  private static final int PART = 200;

  /** A role sees its own sessions. This process has only the one that asks. */
  private static final String OTHERS =
      """
      SELECT count(*) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'polycert'
        AND pid <> pg_backend_pid()\
      """;

  private static final String ORDERS =
      "SELECT id, content FROM polycert.orders WHERE id > $1 ORDER BY id LIMIT $2";

  private static final String ENTRIES =
      """
      SELECT order_id, content FROM polycert.history
      WHERE order_id = ANY ($1) ORDER BY order_id, version\
      """;

  private static final String PUT_ORDER =
      """
      INSERT INTO polycert.orders (id, version, state, due, expires, ended, content,
        provider, account, domain, generation, created)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
      ON CONFLICT (id) DO UPDATE
      SET version = $2, state = $3, due = $4, expires = $5, ended = $6, content = $7\
      """;

  private static final String PUT_NAME =
      """
      INSERT INTO polycert.alternative_name (name, order_id) VALUES ($1, $2)
      ON CONFLICT DO NOTHING\
      """;

  /** The token is one that no call has. */
  private static final String PUT_ENTRY =
      """
      INSERT INTO polycert.history (order_id, version, ended, token, content)
      VALUES ($1, $2, coalesce($3::date, 'infinity'), '00000000-0000-0000-0000-000000000000', $4)
      ON CONFLICT (order_id, version, ended) DO UPDATE SET content = $4\
      """;

  private final Database database;
  private final HistoryMonths months;
  private final OrderJson json = new OrderJson();

  PostgresqlPortable(Database database, StoreConfig config) {
    this.database = database;
    months = new HistoryMonths(database, config.history());
  }

  @Override
  public String place() {
    return database.place();
  }

  @Override
  public Uni<Void> requireIdle() {
    return database
        .run(OTHERS, Tuple.tuple())
        .invoke(
            counted -> {
              long others = counted.iterator().next().getLong(0);
              if (others > 0) {
                throw new StoreInUseException(
                    "%s is in use: %d connections of other processes; stop these first"
                        .formatted(place(), others));
              }
            })
        .replaceWithVoid();
  }

  @Override
  public Multi<List<Kept>> contents() {
    return Portable.byKeys(PART, this::part);
  }

  private Uni<List<Kept>> part(Kind kind, String after) {
    return switch (kind) {
      case ORDER -> database.run(ORDERS, Tuple.of(after, (long) PART)).flatMap(this::withHistories);
      case RESERVATION ->
          part(kind, "reservation", "owner", after, row -> Kept.text(kind, key(row), text(row)));
      case TURN ->
          part(kind, "turn", "next", after, row -> Kept.turn(key(row), Nanos.at(row.getLong(1))));
      case PULL_KEY ->
          part(kind, "pull_key", "content", after, row -> Kept.text(kind, key(row), text(row)));
      case API_KEY ->
          part(kind, "api_key", "content", after, row -> Kept.text(kind, key(row), text(row)));
      case SEALED ->
          part(
              kind,
              "vault",
              "sealed",
              after,
              row -> new Kept(kind, key(row), List.of(row.getBuffer(1).getBytes())));
    };
  }

  private Uni<List<Kept>> part(
      Kind kind, String table, String value, String after, Function<Row, Kept> kept) {
    String statement =
        "SELECT %2$s, %3$s FROM polycert.%1$s WHERE %2$s > $1 ORDER BY %2$s LIMIT $2"
            .formatted(table, keyColumn(kind), value);
    return database
        .run(statement, Tuple.of(after, (long) PART))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(kept).toList());
  }

  private static String keyColumn(Kind kind) {
    return switch (kind) {
      case ORDER, PULL_KEY, API_KEY -> "id";
      case RESERVATION -> "resource";
      case TURN -> "work";
      case SEALED -> "name";
    };
  }

  private static String key(Row row) {
    return row.getString(0);
  }

  private static String text(Row row) {
    return row.getString(1);
  }

  private Uni<List<Kept>> withHistories(RowSet<Row> orders) {
    List<String> ids = new ArrayList<>();
    orders.forEach(row -> ids.add(key(row)));
    return database
        .run(ENTRIES, Tuple.of(ids.toArray(String[]::new)))
        .map(
            entries -> {
              Map<String, List<byte[]>> histories = new HashMap<>();
              entries.forEach(
                  row ->
                      histories
                          .computeIfAbsent(key(row), first -> new ArrayList<>())
                          .add(bytes(text(row))));
              List<Kept> kept = new ArrayList<>();
              orders.forEach(
                  row -> {
                    List<byte[]> history = histories.getOrDefault(key(row), List.of());
                    kept.add(Kept.order(key(row), bytes(text(row)), history));
                  });
              return kept;
            });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** In one transaction, after the months were made that ended orders need. */
  @Override
  public Uni<Void> put(List<Kept> things) {
    Map<String, List<Tuple>> statements = new LinkedHashMap<>();
    Map<LocalDate, Order> ends = new TreeMap<>();
    for (Kept thing : things) {
      if (thing.kind() == Kind.ORDER) {
        Order order = thing.order(json);
        if (order.state().ended()) {
          ends.put(HistoryMonths.month(order), order);
        }
        add(statements, PUT_ORDER, row(order, thing));
        for (DomainName name : order.alternativeNames()) {
          add(statements, PUT_NAME, Tuple.of(name.ascii(), thing.key()));
        }
        thing.history().forEach(entry -> add(statements, PUT_ENTRY, row(order, entry)));
      } else {
        add(statements, statement(thing.kind()), row(thing));
      }
    }
    return Multi.createFrom()
        .iterable(ends.values())
        .onItem()
        .transformToUniAndConcatenate(months::prepare)
        .collect()
        .last()
        .chain(
            () ->
                database.call(
                    pool -> pool.withTransaction(connection -> run(connection, statements))));
  }

  private static void add(Map<String, List<Tuple>> statements, String statement, Tuple values) {
    statements.computeIfAbsent(statement, first -> new ArrayList<>()).add(values);
  }

  private static Future<Void> run(SqlConnection connection, Map<String, List<Tuple>> statements) {
    Future<Void> done = Future.succeededFuture();
    for (Map.Entry<String, List<Tuple>> statement : statements.entrySet()) {
      done =
          done.compose(
              before ->
                  connection
                      .preparedQuery(statement.getKey())
                      .executeBatch(statement.getValue())
                      .mapEmpty());
    }
    return done;
  }

  private static Tuple row(Order order, Kept thing) {
    return Tuple.tuple()
        .addString(thing.key())
        .addLong(order.version())
        .addString(order.state().name())
        .addLong(Lists.due(order).map(Nanos::of).orElse(null))
        .addLong(Lists.expires(order).map(Nanos::of).orElse(null))
        .addLocalDate(ended(order))
        .addString(thing.text())
        .addString(order.provider())
        .addString(order.series())
        .addString(order.domain().ascii())
        .addInteger(order.generation())
        .addLong(Nanos.of(order.createdAt()));
  }

  private static @Nullable LocalDate ended(Order order) {
    return order.state().ended() ? HistoryMonths.month(order) : null;
  }

  private Tuple row(Order order, byte[] entry) {
    return Tuple.tuple()
        .addString(order.id().value())
        .addLong(Kept.version(entry, json))
        .addLocalDate(ended(order))
        .addString(new String(entry, StandardCharsets.UTF_8));
  }

  private static String statement(Kind kind) {
    return switch (kind) {
      case ORDER -> PUT_ORDER;
      case RESERVATION -> upsert("reservation", "resource", "owner");
      case TURN -> upsert("turn", "work", "next");
      case SEALED -> upsert("vault", "name", "sealed");
      case PULL_KEY -> putKey("pull_key");
      case API_KEY -> putKey("api_key");
    };
  }

  private static String putKey(String table) {
    return "INSERT INTO polycert.%s (id, created, content) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET created = $2, content = $3"
        .formatted(table);
  }

  private static String upsert(String table, String key, String value) {
    return "INSERT INTO polycert.%1$s (%2$s, %3$s) VALUES ($1, $2) ON CONFLICT (%2$s) DO UPDATE SET %3$s = $2"
        .formatted(table, key, value);
  }

  private Tuple row(Kept thing) {
    return switch (thing.kind()) {
      case ORDER -> row(thing.order(json), thing);
      case RESERVATION -> Tuple.of(thing.key(), thing.text());
      case TURN -> Tuple.of(thing.key(), Nanos.of(thing.next()));
      case SEALED -> Tuple.of(thing.key(), Buffer.buffer(thing.value()));
      case PULL_KEY -> row(json.key(thing.value(), PullKey.class), thing);
      case API_KEY -> row(json.key(thing.value(), ApiKey.class), thing);
    };
  }

  private static Tuple row(KeyRecord key, Kept thing) {
    return Tuple.of(thing.key(), Nanos.of(key.createdAt()), thing.text());
  }

  @Override
  public Uni<Void> removeTurn(String work) {
    return database
        .run("DELETE FROM polycert.turn WHERE work = $1", Tuple.of(work))
        .replaceWithVoid();
  }
}
