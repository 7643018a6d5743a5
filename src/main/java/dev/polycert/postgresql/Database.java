package dev.polycert.postgresql;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one database of this process. It is opened by the first use, not before.
 *
 * <p>A call that fails for a reason that may pass is made again, until its time is over: so each
 * call must be one that may be repeated. Its answer comes on a virtual thread, so that the event
 * loop of the connection is never held up.
 */
@ApplicationScoped
public class Database {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final PostgresqlConfig config;
  private final Vertx vertx;
  private final Map<String, GroupedRuns> groups = new ConcurrentHashMap<>();
  private @Nullable Session session;
  private boolean closed;

  Database(PostgresqlConfig config, Vertx vertx) {
    this.config = config;
    this.vertx = vertx;
  }

  /** The pool, and the schema's update, which is made anew when it has failed. */
  private static final class Session {
    final PgConnectOptions options;
    final Pool pool;
    private final Vertx vertx;
    private @Nullable Future<Void> updated;

    Session(PgConnectOptions options, Pool pool, Vertx vertx) {
      this.options = options;
      this.pool = pool;
      this.vertx = vertx;
    }

    synchronized Future<Void> updated() {
      Future<Void> update = updated;
      if (update == null || update.failed()) {
        update = Schema.update(pool).onSuccess(this::goOn).mapEmpty();
        updated = update;
      }
      return update;
    }

    private void goOn(List<Integer> left) {
      if (!left.isEmpty()) {
        new IndexSteps(vertx, options).take();
      }
    }
  }

  /**
   * The address of the database, for messages.
   *
   * @throws DatabaseException when it is not configured
   */
  public String place() {
    return Failures.server(session().options);
  }

  /** Runs one statement. */
  public Uni<RowSet<Row>> run(String statement, Tuple values) {
    return call(pool -> pool.preparedQuery(statement).execute(values));
  }

  /**
   * Runs a statement that writes one row, in one transaction with others of the same text that wait
   * at the same time. It waits for its turn no longer than a call may take.
   *
   * @param values the first is a text, by which the row is found
   * @throws DatabaseException as in {@link #call}
   */
  public Uni<RowSet<Row>> runInGroup(String statement, Tuple values) {
    return Uni.createFrom()
        .deferred(
            () ->
                groups
                    .computeIfAbsent(statement, text -> new GroupedRuns(this, text))
                    .run(values)
                    .ifNoItem()
                    .after(config.timeout().multipliedBy(2))
                    .failWith(() -> explained(late(config.timeout().multipliedBy(2))))
                    .emitOn(threads(Thread.currentThread().getContextClassLoader())));
  }

  /**
   * Makes a call.
   *
   * @throws DatabaseException as the failure of the Uni, when the server cannot be reached in time,
   *     refuses, or is not configured
   */
  public <T> Uni<T> call(Function<Pool, Future<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Session open = session();
              Executor threads = threads(Thread.currentThread().getContextClassLoader());
              AtomicReference<@Nullable Throwable> last = new AtomicReference<>();
              return Uni.createFrom()
                  .completionStage(() -> attempt(open, work))
                  .onFailure()
                  .invoke(last::set)
                  .onFailure(Failures::passing)
                  .retry()
                  .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                  .expireIn(config.timeout().toMillis())
                  .ifNoItem()
                  .after(config.timeout())
                  .failWith(() -> late(config.timeout()))
                  .onFailure()
                  .transform(end -> Failures.explained(reason(last.get(), end), open.options))
                  .emitOn(threads);
            });
  }

  /**
   * The notifications on a channel, by any process. Emits also whenever notifications may have been
   * missed. A lost connection is made anew.
   *
   * @throws DatabaseException as the failure, when the database is not configured
   */
  public Multi<String> listen(String channel) {
    return Multi.createFrom()
        .emitter(
            told -> Listener.start(vertx, session().options, channel, told),
            BackPressureStrategy.LATEST);
  }

  private static <T> CompletionStage<T> attempt(Session open, Function<Pool, Future<T>> work) {
    return open.updated().compose(updated -> work.apply(open.pool)).toCompletionStage();
  }

  private static TimeoutException late(Duration limit) {
    return new TimeoutException("no answer within " + limit);
  }

  /** A failure of the server, for people. */
  Throwable explained(Throwable failure) {
    return Failures.explained(failure, session().options);
  }

  /** Why the last attempt failed: that says more than that the time is over. */
  private static Throwable reason(@Nullable Throwable last, Throwable end) {
    return last == null ? end : last;
  }

  /** Threads that see the application's classes, as the caller does. */
  private static Executor threads(ClassLoader loader) {
    return task ->
        Thread.startVirtualThread(
            () -> {
              Thread.currentThread().setContextClassLoader(loader);
              task.run();
            });
  }

  private synchronized Session session() {
    if (closed) {
      throw new IllegalStateException("The database is closed");
    }
    if (session == null) {
      PgConnectOptions options = Connecting.options(config);
      // Calls have a time-out of their own; the pool's would fail calls that have failed already.
      PoolOptions size = new PoolOptions().setMaxSize(config.connections()).setConnectionTimeout(0);
      Pool pool = PgBuilder.pool().with(size).connectingTo(options).using(vertx).build();
      session = new Session(options, pool, vertx);
    }
    return session;
  }

  /** Closes the connections. */
  @PreDestroy
  synchronized void close() {
    closed = true;
    if (session != null) {
      session.pool.close();
    }
  }
}
