package dev.polycert.postgresql;

import dev.polycert.testing.PostgresqlServer;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A connection to a database, as one process has it. */
public final class TestDatabase implements AutoCloseable {
  private final PostgresqlConfig config;
  private final Vertx vertx = Vertx.vertx();
  private final Database database;

  /** The settings of a process. */
  public record Config(
      Optional<String> url,
      Optional<String> username,
      Optional<String> password,
      Optional<Path> ca,
      int connections,
      Duration timeout)
      implements PostgresqlConfig {

    public static Config of(String url) {
      return new Config(
          Optional.of(url),
          Optional.of(PostgresqlServer.ROLE),
          Optional.of(PostgresqlServer.PASSWORD),
          Optional.empty(),
          8,
          Duration.ofSeconds(10));
    }

    public Config withUrl(Optional<String> url) {
      return new Config(url, username, password, ca, connections, timeout);
    }

    public Config withUsername(Optional<String> username) {
      return new Config(url, username, password, ca, connections, timeout);
    }

    public Config withPassword(Optional<String> password) {
      return new Config(url, username, password, ca, connections, timeout);
    }

    public Config withCa(Path ca) {
      return new Config(url, username, password, Optional.of(ca), connections, timeout);
    }

    public Config withConnections(int connections) {
      return new Config(url, username, password, ca, connections, timeout);
    }

    public Config withTimeout(Duration timeout) {
      return new Config(url, username, password, ca, connections, timeout);
    }
  }

  private TestDatabase(PostgresqlConfig config) {
    this.config = config;
    database = new Database(config, vertx);
  }

  public static TestDatabase open(PostgresqlConfig config) {
    return new TestDatabase(config);
  }

  /** An empty database on the shared server. */
  public static TestDatabase empty() {
    PostgresqlServer server = PostgresqlServer.shared();
    return open(Config.of(server.url(server.newDatabaseOfLeastRights())));
  }

  /** The same one, as another process has it. */
  public TestDatabase again() {
    return open(config);
  }

  public Database database() {
    return database;
  }

  /** Deletes all that the tests before have left, which is faster than another database. */
  public TestDatabase emptied() {
    run(
        "TRUNCATE polycert.orders, polycert.history, polycert.reservation, polycert.vault,"
            + " polycert.rate, polycert.turn, polycert.pull_key, polycert.api_key,"
            + " polycert.alternative_name");
    return this;
  }

  /** Runs a statement and waits for it. */
  public RowSet<Row> run(String statement) {
    return database.run(statement, Tuple.tuple()).await().atMost(Duration.ofSeconds(30));
  }

  @Override
  public void close() {
    database.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
