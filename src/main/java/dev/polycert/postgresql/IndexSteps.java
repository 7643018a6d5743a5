package dev.polycert.postgresql;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Makes the indexes that the schema lacks, with a connection of its own, while this process and
 * others read and write. Lists take longer until then.
 *
 * <p>Of all processes one makes them. The others do not wait in the database, because an index is
 * not done before all statements that began earlier have ended: they look again later. So they also
 * go on where that process has ended. An index that was interrupted while it was made is invalid,
 * and is made anew.
 */
final class IndexSteps {
  private static final Logger LOG = Logger.getLogger(IndexSteps.class);

  private static final long AGAIN_MILLIS = 60_000;

  private static final Pattern NAME = Pattern.compile("CREATE INDEX .*?(\\w+)\\s+ON polycert\\.");

  private static final String TRY_LOCK = "SELECT pg_try_advisory_lock(" + (Schema.LOCK + 1) + ")";

  private static final String INVALID =
      "SELECT FROM pg_index WHERE NOT indisvalid AND indexrelid = to_regclass('polycert.%s')";

  private final Vertx vertx;
  private final PgConnectOptions options;

  IndexSteps(Vertx vertx, PgConnectOptions options) {
    this.vertx = vertx;
    // An index may take any time, in which the server says nothing.
    this.options =
        new PgConnectOptions(options)
            .setIdleTimeout(0)
            .addProperty("statement_timeout", "0")
            .addProperty("application_name", "polycert indexes");
  }

  /** Begins; what fails is tried again for as long as this process runs. */
  void take() {
    PgConnection.connect(vertx, options)
        .compose(connection -> take(connection).eventually(() -> connection.close()))
        .onFailure(
            failure ->
                LOG.warnf(
                    "Indexes could not be made, and lists take longer; tries again: %s",
                    Failures.explained(failure, options).getMessage()))
        .onComplete(
            taken -> {
              if (!Boolean.TRUE.equals(taken.result())) {
                vertx.setTimer(AGAIN_MILLIS, tick -> take());
              }
            });
  }

  /** Whether nothing is left to do. */
  private static Future<Boolean> take(PgConnection connection) {
    return connection
        .query(TRY_LOCK)
        .execute()
        .compose(
            locked ->
                locked.iterator().next().getBoolean(0)
                    ? Schema.missing(connection)
                        .compose(left -> each(left, number -> take(connection, number)))
                        .map(true)
                    : Schema.missing(connection).map(List::isEmpty));
  }

  private static Future<Void> take(PgConnection connection, int number) {
    // Each statement in a transaction of its own, which is what CONCURRENTLY needs.
    List<String> statements =
        Stream.of(Schema.statements(number).split(";\\s*"))
            .filter(statement -> NAME.matcher(statement).find())
            .toList();
    LOG.infof("Making %d indexes for lists; all processes go on meanwhile", statements.size());
    return each(statements, statement -> make(connection, statement))
        .compose(made -> Schema.record(connection, number));
  }

  private static Future<Void> make(PgConnection connection, String statement) {
    Matcher name = NAME.matcher(statement);
    if (!name.find()) {
      throw new IllegalStateException(statement);
    }
    return connection
        .query(INVALID.formatted(name.group(1)))
        .execute()
        .compose(
            invalid ->
                invalid.size() == 0
                    ? Future.succeededFuture()
                    : connection
                        .query("DROP INDEX CONCURRENTLY polycert." + name.group(1))
                        .execute())
        .compose(clean -> connection.query(statement).execute())
        .mapEmpty();
  }

  /** Does one after the other. */
  private static <T> Future<Void> each(List<T> all, Function<T, Future<Void>> work) {
    return all.isEmpty()
        ? Future.succeededFuture()
        : work.apply(all.getFirst()).compose(done -> each(all.subList(1, all.size()), work));
  }
}
