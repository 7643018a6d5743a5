package dev.polycert.store.postgresql;

import dev.polycert.order.Order;
import dev.polycert.postgresql.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * The partitions of the history, one for each month in which orders have ended. A month is made
 * when its first order ends, and dropped when the retention of its last day is over.
 */
final class HistoryMonths {
  private static final Logger LOG = Logger.getLogger(HistoryMonths.class);

  private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("uuuu_MM");
  private static final Pattern NAME = Pattern.compile("history_(\\d{4})_(\\d{2})");

  /** Of processes that change partitions at the same time, one waits for the other. */
  private static final long LOCK = 0x706f6c7968697374L;

  private static final String BEGIN =
      "SET LOCAL lock_timeout = '3s'; SELECT pg_advisory_xact_lock(%d)".formatted(LOCK);

  private final Database database;
  private final Optional<Duration> retention;

  /** The months that are known to be there. */
  private final Set<LocalDate> there = ConcurrentHashMap.newKeySet();

  /** The day on which old months were looked for. */
  private final AtomicReference<LocalDate> looked = new AtomicReference<>(LocalDate.MIN);

  HistoryMonths(Database database, Optional<Duration> retention) {
    this.database = database;
    this.retention = retention;
  }

  /** The month in which an order ended, according to its last record. */
  static LocalDate month(Order order) {
    return day(order.updatedAt()).withDayOfMonth(1);
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  /** Makes the month of an ended order, if it is not there. */
  Uni<Void> prepare(Order order) {
    if (!order.state().ended() || there.contains(month(order))) {
      return Uni.createFrom().voidItem();
    }
    LocalDate month = month(order);
    return database
        .call(
            pool ->
                pool.withTransaction(
                    connection ->
                        run(connection, BEGIN).compose(locked -> make(connection, month))))
        .invoke(() -> there.add(month));
  }

  /** Attached when it is complete: that holds up no other process. */
  private static Future<Void> make(SqlConnection connection, LocalDate month) {
    String table = "polycert.history_" + SUFFIX.format(month);
    return connection
        .query("SELECT to_regclass('%s') IS NOT NULL".formatted(table))
        .execute()
        .compose(
            rows ->
                rows.iterator().next().getBoolean(0)
                    ? Future.succeededFuture()
                    : run(
                        connection,
                        """
                        CREATE TABLE %s (LIKE polycert.history INCLUDING ALL);
                        ALTER TABLE polycert.history ATTACH PARTITION %s FOR VALUES IN ('%s')\
                        """
                            .formatted(table, table, month)));
  }

  /**
   * Once a day, when an order ends, drops the months whose time is over. The end is recorded by
   * then, so a failure here does not fail the transition: the next day's first end tries again.
   */
  Uni<Void> forget(Order order) {
    LocalDate today = day(order.updatedAt());
    if (retention.isEmpty() || !order.state().ended() || looked.getAndSet(today).equals(today)) {
      return Uni.createFrom().voidItem();
    }
    LocalDate last = day(order.updatedAt().minus(retention.get())).minusMonths(1);
    return database
        .call(
            pool ->
                pool.withTransaction(
                    connection ->
                        run(connection, BEGIN)
                            .compose(
                                locked ->
                                    connection
                                        .query(
                                            "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON"
                                                + " c.oid = i.inhrelid WHERE i.inhparent ="
                                                + " 'polycert.history'::regclass")
                                        .execute())
                            .compose(rows -> drop(connection, upTo(last, rows)))))
        .onFailure()
        .invoke(failure -> LOG.warnf(failure, "Old histories were not deleted"))
        .onFailure()
        .recoverWithNull();
  }

  private List<String> upTo(LocalDate last, RowSet<Row> names) {
    List<String> old = new ArrayList<>();
    for (Row row : names) {
      Matcher name = NAME.matcher(row.getString(0));
      if (name.matches()) {
        LocalDate month =
            LocalDate.of(Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2)), 1);
        if (!month.isAfter(last)) {
          there.remove(month);
          old.add("DROP TABLE polycert." + name.group());
        }
      }
    }
    return old;
  }

  private static Future<Void> drop(SqlConnection connection, List<String> statements) {
    return statements.isEmpty()
        ? Future.succeededFuture()
        : run(connection, String.join("; ", statements));
  }

  private static Future<Void> run(SqlConnection connection, String statements) {
    return connection.query(statements).execute().mapEmpty();
  }
}
