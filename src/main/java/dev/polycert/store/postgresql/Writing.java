package dev.polycert.store.postgresql;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook.Claim;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.order.OrderId;
import dev.polycert.postgresql.Database;
import dev.polycert.postgresql.Nanos;
import dev.polycert.store.Lists;
import dev.polycert.store.OrderJson;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Writes with conditions, each time in one statement. Records that wait at the same time share a
 * transaction, and so a wait for the disk; their conditions hold for each by itself.
 *
 * <p>The entry of the history has a token that belongs to the call, not to one sending of it: when
 * the answer was lost and the statement is sent once more, its condition no longer holds, but the
 * token says that the record is this call's.
 */
final class Writing {
  private static final String CLAIM =
      """
      WITH claimed AS (
        INSERT INTO polycert.orders (id, version, state, due, expires, ended, content,
          provider, account, domain, generation, created)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $10, $11, $12, $13, $14)
        ON CONFLICT DO NOTHING
        RETURNING id),
      recorded AS (
        INSERT INTO polycert.history (order_id, version, ended, token, content)
        SELECT id, $2, coalesce($6, 'infinity'), $8, $9 FROM claimed),
      named AS (
        INSERT INTO polycert.alternative_name (name, order_id)
        SELECT unnest($15::text[]), id FROM claimed
        ON CONFLICT DO NOTHING)
      SELECT count(*) FROM claimed\
      """;

  private static final String TRANSITION =
      """
      WITH moved AS (
        UPDATE polycert.orders
        SET version = $2, state = $3, due = $4, expires = $5, ended = $6, content = $7
        WHERE id = $1 AND version = $2 - 1
        RETURNING id),
      recorded AS (
        INSERT INTO polycert.history (order_id, version, ended, token, content)
        SELECT id, $2, coalesce($6, 'infinity'), $8, $9 FROM moved)
      SELECT count(*) FROM moved\
      """;

  /** As above; the history so far goes to the month of the end. */
  private static final String END =
      TRANSITION.replace(
          "\nSELECT count",
          """
          ,
          kept AS (
            UPDATE polycert.history SET ended = $6 FROM moved
            WHERE order_id = moved.id AND history.ended <> $6)
          SELECT count\
          """);

  private static final String OURS =
      """
      SELECT count(*) FROM polycert.history
      WHERE order_id = $1 AND version = $2 AND token = $3\
      """;

  /** Passes over an order that another process has locked, and does not wait for it. */
  private static final String LEASE =
      """
      UPDATE polycert.orders SET due = $4
      WHERE id = (
        SELECT id FROM polycert.orders
        WHERE id = $1 AND version = $2 AND due <= $3
        FOR UPDATE SKIP LOCKED)\
      """;

  /** An end is for ever, so it does not matter that the owner is looked at without a lock. */
  private static final String RESERVE =
      """
      INSERT INTO polycert.reservation AS taken (resource, owner) VALUES ($1, $2)
      ON CONFLICT (resource) DO UPDATE SET owner = $2
      WHERE taken.owner = $2 OR EXISTS (
        SELECT FROM polycert.orders WHERE id = taken.owner AND ended IS NOT NULL)\
      """;

  private static final String TURN =
      """
      INSERT INTO polycert.turn AS taken (work, next) VALUES ($1, $3)
      ON CONFLICT (work) DO UPDATE SET next = $3 WHERE taken.next <= $2\
      """;

  private final Database database;
  private final OrderJson json;
  private final Reading reading;
  private final HistoryMonths months;
  private final RandomGenerator random;

  Writing(
      Database database,
      OrderJson json,
      Reading reading,
      HistoryMonths months,
      RandomGenerator random) {
    this.database = database;
    this.json = json;
    this.reading = reading;
    this.months = months;
    this.random = random;
  }

  Uni<Claim> claim(Order order, String why) {
    UUID token = token();
    Tuple values =
        values(order, why, null, token)
            .addString(order.provider())
            .addString(order.series())
            .addString(order.domain().ascii())
            .addInteger(order.generation())
            .addLong(Nanos.of(order.createdAt()))
            .addArrayOfString(names(order));
    return months
        .prepare(order)
        .chain(() -> recorded(CLAIM, values, order, token))
        .flatMap(
            won ->
                won
                    ? Uni.createFrom().item(new Claim(order, true))
                    : reading.find(order.id()).map(there -> new Claim(there.orElseThrow(), false)));
  }

  Uni<Order> transition(Order next, String why, @Nullable String requestId) {
    UUID token = token();
    Tuple values = values(next, why, requestId, token);
    String statement = next.state().ended() ? END : TRANSITION;
    return months
        .prepare(next)
        .chain(() -> recorded(statement, values, next, token))
        .map(
            recorded -> {
              if (!recorded) {
                throw new StaleOrderException(next.id());
              }
              return next;
            });
  }

  private static String[] names(Order order) {
    return order.alternativeNames().stream().map(DomainName::ascii).toArray(String[]::new);
  }

  private UUID token() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private Tuple values(Order order, String why, @Nullable String requestId, UUID token) {
    LocalDate ended = order.state().ended() ? HistoryMonths.month(order) : null;
    return Tuple.tuple()
        .addString(order.id().value())
        .addLong(order.version())
        .addString(order.state().name())
        .addLong(Lists.due(order).map(Nanos::of).orElse(null))
        .addLong(Lists.expires(order).map(Nanos::of).orElse(null))
        .addLocalDate(ended)
        .addString(text(json.write(order)))
        .addUUID(token)
        .addString(text(json.entry(order, why, requestId)));
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  /** Runs a statement that counts what it has recorded; whether that is the record of this call. */
  private Uni<Boolean> recorded(String statement, Tuple values, Order order, UUID token) {
    return database
        .runInGroup(statement, values)
        .map(Writing::any)
        .flatMap(
            done ->
                done
                    ? Uni.createFrom().item(true)
                    : database
                        .run(OURS, Tuple.of(order.id().value(), order.version(), token))
                        .map(Writing::any));
  }

  private static boolean any(RowSet<Row> counted) {
    return counted.iterator().next().getLong(0) > 0;
  }

  /** Moves the order back in the index of what is due, and in nothing else. */
  Uni<Boolean> lease(Order order, Instant now, Instant until) {
    return database
        .run(LEASE, Tuple.of(order.id().value(), order.version(), Nanos.of(now), Nanos.of(until)))
        .map(done -> done.rowCount() > 0);
  }

  Uni<Boolean> turn(String work, Instant now, Instant until) {
    return database
        .run(TURN, Tuple.of(work, Nanos.of(now), Nanos.of(until)))
        .map(done -> done.rowCount() > 0);
  }

  Uni<Boolean> reserve(String resource, OrderId owner) {
    return database
        .run(RESERVE, Tuple.of(resource, owner.value()))
        .map(done -> done.rowCount() > 0);
  }
}
