package dev.polycert.postgresql;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Brings the schema {@code polycert} up to date by numbered steps, each in a file of its own.
 *
 * <p>Processes of two versions use one database while they are replaced one by one. So a step only
 * adds things that the version before it does not need, and a process leaves a newer schema as it
 * is. A step that makes indexes on tables that may be large makes them {@code CONCURRENTLY}, and
 * nothing else: {@link IndexSteps} takes it while processes work.
 */
final class Schema {
  /** Of processes that start together, one takes the steps. */
  static final long LOCK = 0x706f6c7963657274L;

  /** The first has the number 1. */
  private static final List<String> STEPS =
      List.of(
          "001-orders.sql",
          "002-rates.sql",
          "003-served.sql",
          "004-keys.sql",
          "005-lists.sql",
          "006-names.sql");

  private static final String CONCURRENTLY = "CONCURRENTLY ";

  private Schema() {}

  /**
   * Takes the steps without which nothing can be stored.
   *
   * @return the numbers of the steps that are left; they make indexes only
   */
  static Future<List<Integer>> update(Pool pool) {
    return pool.query("SELECT to_regclass('polycert.schema_step') IS NOT NULL")
        .execute()
        .compose(
            there ->
                there.iterator().next().getBoolean(0)
                    ? missing(pool)
                    : Future.succeededFuture(all()))
        .compose(
            missing ->
                isOld(missing)
                    ? pool.withTransaction(Schema::takeSteps)
                    : Future.succeededFuture(missing));
  }

  private static boolean isOld(List<Integer> missing) {
    return !missing.stream().allMatch(Schema::makesIndexes);
  }

  private static List<Integer> all() {
    return IntStream.rangeClosed(1, STEPS.size()).boxed().toList();
  }

  /** The numbers of the steps that are not recorded. */
  static Future<List<Integer>> missing(SqlClient client) {
    return client
        .query("SELECT coalesce(array_agg(number), '{}') FROM polycert.schema_step")
        .execute()
        .map(rows -> Arrays.asList(rows.iterator().next().getArrayOfIntegers(0)))
        .map(taken -> all().stream().filter(number -> !taken.contains(number)).toList());
  }

  private static Future<List<Integer>> takeSteps(SqlConnection connection) {
    return run(
            connection,
            "SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock(" + LOCK + ")")
        .compose(locked -> run(connection, resource("000-schema.sql")))
        .compose(made -> missing(connection))
        .compose(
            missing -> {
              // The tables that this transaction makes are empty.
              boolean fresh = missing.size() == STEPS.size();
              List<Integer> now =
                  missing.stream().filter(number -> fresh || !makesIndexes(number)).toList();
              return takeStep(connection, now)
                  .map(taken -> missing.stream().filter(it -> !now.contains(it)).toList());
            });
  }

  private static Future<Void> takeStep(SqlConnection connection, List<Integer> numbers) {
    if (numbers.isEmpty()) {
      return Future.succeededFuture();
    }
    int number = numbers.getFirst();
    return run(connection, statements(number).replace(CONCURRENTLY, ""))
        .compose(done -> record(connection, number))
        .compose(recorded -> takeStep(connection, numbers.subList(1, numbers.size())));
  }

  static Future<Void> record(SqlClient client, int number) {
    return client
        .preparedQuery(
            "INSERT INTO polycert.schema_step (number) VALUES ($1) ON CONFLICT DO NOTHING")
        .execute(Tuple.of(number))
        .mapEmpty();
  }

  private static Future<Void> run(SqlConnection connection, String statements) {
    return connection.query(statements).execute().mapEmpty();
  }

  private static boolean makesIndexes(int number) {
    return statements(number).contains(CONCURRENTLY);
  }

  /** The text of a step. */
  static String statements(int number) {
    return resource(STEPS.get(number - 1));
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
