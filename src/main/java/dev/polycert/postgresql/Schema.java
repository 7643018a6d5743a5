package dev.polycert.postgresql;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Brings the schema {@code polycert} up to date by numbered steps, each in a file of its own.
 *
 * <p>Processes of two versions use one database while they are replaced one by one. So a step only
 * adds things that the version before it does not need, and a process leaves a newer schema as it
 * is.
 */
final class Schema {
  /** The first has the number 1. */
  private static final List<String> STEPS =
      List.of("001-orders.sql", "002-rates.sql", "003-served.sql", "004-keys.sql", "005-lists.sql");

  /** Of processes that start together, one takes the steps. */
  private static final long LOCK = 0x706f6c7963657274L;

  private Schema() {}

  static Future<Void> update(Pool pool) {
    return pool.query("SELECT to_regclass('polycert.schema_step') IS NOT NULL")
        .execute()
        .compose(
            there ->
                there.iterator().next().getBoolean(0)
                    ? pool.query("SELECT max(number) FROM polycert.schema_step")
                        .execute()
                        .map(rows -> rows.iterator().next().getInteger(0))
                    : Future.succeededFuture(0))
        .compose(
            taken ->
                taken >= STEPS.size()
                    ? Future.succeededFuture()
                    : pool.withTransaction(Schema::takeSteps));
  }

  private static Future<Void> takeSteps(SqlConnection connection) {
    return run(
            connection,
            "SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock(" + LOCK + ")")
        .compose(locked -> run(connection, resource("000-schema.sql")))
        .compose(
            made ->
                connection
                    .query("SELECT coalesce(max(number), 0) FROM polycert.schema_step")
                    .execute())
        .compose(rows -> takeStep(connection, rows.iterator().next().getInteger(0)));
  }

  private static Future<Void> takeStep(SqlConnection connection, int taken) {
    if (taken >= STEPS.size()) {
      return Future.succeededFuture();
    }
    return run(connection, resource(STEPS.get(taken)))
        .compose(
            done ->
                connection
                    .preparedQuery("INSERT INTO polycert.schema_step (number) VALUES ($1)")
                    .execute(Tuple.of(taken + 1)))
        .compose(recorded -> takeStep(connection, taken + 1));
  }

  private static Future<Void> run(SqlConnection connection, String statements) {
    return connection.query(statements).execute().mapEmpty();
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(Schema.class.getResourceAsStream("/postgresql/" + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
