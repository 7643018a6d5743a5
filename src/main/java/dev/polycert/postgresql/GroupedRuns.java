package dev.polycert.postgresql;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Future;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs one statement for many callers. A run that comes while others are under way waits for the
 * next group. A group is sent as one batch and recorded by one transaction, so one exchange with
 * the server and one wait for its disk serve all its runs. A run that comes alone does not wait.
 *
 * <p>When the server refuses a run, and so its whole group, each run of the group is repeated
 * alone. A run whose caller gives up before its group is sent is not sent.
 */
final class GroupedRuns {
  /** Groups under way: while the server waits for its disk for one, it works on another. */
  private static final int GROUPS = 3;

  private static final int LARGEST_GROUP = 64;

  private final Database database;
  private final String statement;
  private final Deque<Run> waiting = new ArrayDeque<>();
  private int underWay;

  GroupedRuns(Database database, String statement) {
    this.database = database;
    this.statement = statement;
  }

  private record Run(Tuple values, UniEmitter<? super RowSet<Row>> answer, AtomicBoolean givenUp) {

    /** A group locks its rows in this order, so two groups never wait for each other. */
    private String first() {
      return values.getString(0);
    }
  }

  /** The result of a run. */
  private sealed interface End {
    record Done(RowSet<Row> rows) implements End {}

    record Refused(Throwable why) implements End {}
  }

  /** The first of the values is a text, and names the row that is written. */
  Uni<RowSet<Row>> run(Tuple values) {
    return Uni.createFrom()
        .emitter(
            answer -> {
              AtomicBoolean givenUp = new AtomicBoolean();
              answer.onTermination(() -> givenUp.set(true));
              add(new Run(values, answer, givenUp));
            });
  }

  private void add(Run run) {
    List<Run> group;
    synchronized (this) {
      waiting.add(run);
      group = next();
    }
    send(group);
  }

  /** Takes the next group; nothing when enough are under way. */
  private synchronized List<Run> next() {
    List<Run> group = new ArrayList<>();
    if (underWay < GROUPS) {
      while (!waiting.isEmpty() && group.size() < LARGEST_GROUP) {
        Run run = waiting.remove();
        if (!run.givenUp.get()) {
          group.add(run);
        }
      }
      underWay += group.isEmpty() ? 0 : 1;
    }
    return group;
  }

  private synchronized List<Run> nextAfterOne() {
    underWay--;
    return next();
  }

  private void send(List<Run> group) {
    if (group.isEmpty()) {
      return;
    }
    group.sort(Comparator.comparing(Run::first));
    database
        .call(pool -> attempt(pool.preparedQuery(statement), group))
        .onTermination()
        .invoke(() -> send(nextAfterOne()))
        .subscribe()
        .with(
            ends -> {
              for (int i = 0; i < ends.size(); i++) {
                answer(group.get(i), ends.get(i));
              }
            },
            failure -> group.forEach(run -> run.answer.fail(failure)));
  }

  private static void answer(Run run, End end) {
    switch (end) {
      case End.Done(RowSet<Row> rows) -> run.answer.complete(rows);
      case End.Refused(Throwable why) -> run.answer.fail(why);
    }
  }

  private Future<List<End>> attempt(PreparedQuery<RowSet<Row>> query, List<Run> group) {
    return group.size() == 1
        ? query.execute(group.getFirst().values).map(rows -> List.of(new End.Done(rows)))
        : query
            .executeBatch(group.stream().map(Run::values).toList())
            .map(GroupedRuns::each)
            .recover(
                failure ->
                    Failures.passing(failure)
                        ? Future.failedFuture(failure)
                        : individually(query, group));
  }

  /** The answers of a batch are chained. */
  private static List<End> each(RowSet<Row> first) {
    List<End> ends = new ArrayList<>();
    for (RowSet<Row> rows = first; rows != null; rows = rows.next()) {
      ends.add(new End.Done(rows));
    }
    return ends;
  }

  private Future<List<End>> individually(PreparedQuery<RowSet<Row>> query, List<Run> group) {
    List<Future<End>> ends =
        group.stream()
            .map(
                run ->
                    query
                        .execute(run.values)
                        .<End>map(End.Done::new)
                        .recover(
                            failure ->
                                Failures.passing(failure)
                                    ? Future.failedFuture(failure)
                                    : Future.succeededFuture(
                                        new End.Refused(database.explained(failure)))))
            .toList();
    return Future.all(ends).map(all -> all.list());
  }
}
