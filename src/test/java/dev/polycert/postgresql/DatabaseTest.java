package dev.polycert.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.postgresql.TestDatabase.Config;
import dev.polycert.testing.PostgresqlServer;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.Resources;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresPrograms("postgres")
class DatabaseTest {
  /** Of the schema, up to this version. */
  private static final int STEPS = 6;

  private static final String INSERT =
      "INSERT INTO polycert.orders (id, version, state, provider, account, domain, generation,"
          + " created, content) VALUES ('%1$s', 1, 'ISSUED', 'p', 'a', '%1$s', 1, 0, '{}')";

  private static final String UNDER_WAY = "EXISTS (SELECT FROM pg_index WHERE NOT indisvalid)";
  private static final String DONE =
      "EXISTS (SELECT FROM polycert.schema_step WHERE number = 5)"
          + " AND (SELECT count(*) = 2 AND bool_and(indisvalid) FROM pg_index WHERE indexrelid IN"
          + " (to_regclass('polycert.orders_state_provider'),"
          + " to_regclass('polycert.orders_label')))";

  @RegisterExtension final Resources resources = new Resources();
  private final PostgresqlServer server = PostgresqlServer.shared();

  private TestDatabase open(Config config) {
    return resources.add(TestDatabase.open(config));
  }

  @Test
  void aSettingThatIsMissingIsNamed() {
    Config config = Config.of("postgresql://127.0.0.1:1/none");

    assertThatThrownBy(() -> open(config.withUrl(Optional.empty())).run("SELECT 1"))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("POLYCERT_POSTGRESQL_URL is not set");
    assertThatThrownBy(() -> open(config.withUsername(Optional.of(" "))).run("SELECT 1"))
        .hasMessageContaining("POLYCERT_POSTGRESQL_USERNAME is not set");
    assertThatThrownBy(() -> open(config.withPassword(Optional.empty())).run("SELECT 1"))
        .hasMessageContaining("POLYCERT_POSTGRESQL_PASSWORD is not set");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:5432/polycert",
        "jdbc:postgresql://127.0.0.1/polycert",
        "postgresql://127.0.0.1",
        "postgresql://u:fake-password@127.0.0.1/polycert",
        "postgresql://127.0.0.1/polycert?sslmode=prefer"
      })
  void anAddressThatIsNoneIsNamedWithoutItsPassword(String url) {
    assertThatThrownBy(() -> open(Config.of(url)).run("SELECT 1"))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("POLYCERT_POSTGRESQL_URL")
        .hasMessageNotContaining("fake-password");
  }

  @Test
  void aWrongPasswordIsReportedAtOnceWithoutShowingIt() {
    Config config = Config.of(server.url(server.newDatabase()));

    assertThatThrownBy(
            () -> open(config.withPassword(Optional.of("fake-but-wrong"))).run("SELECT 1"))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("POLYCERT_POSTGRESQL_PASSWORD")
        .hasMessageContaining("28P01")
        .hasMessageNotContaining("fake-but-wrong");
  }

  @Test
  void aServerThatIsNotThereIsReportedWithItsAddress() {
    Config config =
        Config.of("postgresql://127.0.0.1:1/orders?sslmode=disable")
            .withTimeout(Duration.ofMillis(300));

    assertThatThrownBy(() -> open(config).run("SELECT 1"))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("127.0.0.1:1/orders")
        .hasMessageContaining("cannot be reached");
  }

  @Test
  void aServerWithoutTlsIsNotTalkedToUnlessToldSo() {
    String url = server.url(server.newDatabase());

    assertThatThrownBy(() -> open(Config.of(url.replace("?sslmode=disable", ""))).run("SELECT 1"))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("SSL");
  }

  /** Twenty processes that start at the same time on an empty database. */
  @Test
  void theSchemaIsMadeOnce() {
    String url = server.url(server.newDatabase());
    List<TestDatabase> processes =
        IntStream.range(0, 20).mapToObj(i -> open(Config.of(url))).toList();

    List<Integer> steps =
        Uni.join()
            .all(
                processes.stream()
                    .map(
                        process ->
                            process
                                .database()
                                .run("SELECT count(*) FROM polycert.schema_step", Tuple.tuple())
                                .map(rows -> rows.iterator().next().getInteger(0)))
                    .toList())
            .andFailFast()
            .await()
            .atMost(Duration.ofSeconds(60));

    assertThat(steps).containsOnly(STEPS);
  }

  /** As an administrator makes it who gives the role no right but to log in. */
  @Test
  void aRoleThatOwnsTheSchemaNeedsNoOtherRight() {
    String database = server.newDatabase();
    server.admin(database, "ALTER DATABASE " + database + " OWNER TO admin");
    TestDatabase without = open(Config.of(server.url(database)));
    assertThatThrownBy(() -> without.run("SELECT 1")).hasMessageContaining("42501");

    server.admin(database, "CREATE SCHEMA polycert AUTHORIZATION polycert");

    assertThat(without.run("SELECT number FROM polycert.schema_step").size()).isEqualTo(STEPS);
  }

  @Test
  void theSchemaOfANewerVersionIsLeftAsItIs() {
    String url = server.url(server.newDatabase());
    TestDatabase newer = open(Config.of(url));
    newer.run("INSERT INTO polycert.schema_step (number) VALUES (999)");

    assertThat(open(Config.of(url)).run("SELECT FROM polycert.schema_step").size())
        .isEqualTo(STEPS + 1);
  }

  /** Goes back before step 5. No index is ready before the transaction ends that is open here. */
  private SqlConnection oldAndHeld(TestDatabase database) {
    database.run("DROP INDEX polycert.orders_state_provider");
    database.run("DROP INDEX polycert.orders_label");
    database.run("DELETE FROM polycert.schema_step WHERE number = 5");
    SqlConnection holder =
        database.database().call(Pool::getConnection).await().atMost(Duration.ofSeconds(10));
    run(holder, "BEGIN");
    run(holder, INSERT.formatted("held"));
    return holder;
  }

  private static void run(SqlConnection connection, String statement) {
    connection.query(statement).execute().toCompletionStage().toCompletableFuture().join();
  }

  private static void await(TestDatabase database, String condition) {
    Instant end = Instant.now().plusSeconds(20);
    while (!database.run("SELECT " + condition).iterator().next().getBoolean(0)) {
      assertThat(Instant.now()).as(condition).isBefore(end);
    }
  }

  @Test
  void processesWriteWhileIndexesOfALargeTableAreMade() {
    TestDatabase before = open(Config.of(server.url(server.newDatabase())));
    SqlConnection holder = oldAndHeld(before);

    TestDatabase first = resources.add(before.again());
    first.run(INSERT.formatted("first"));
    await(before, UNDER_WAY);
    TestDatabase second = resources.add(before.again());
    second.run(INSERT.formatted("second"));
    before.run("UPDATE polycert.orders SET version = 2");

    assertThat(before.run("SELECT FROM polycert.orders WHERE version = 2").size()).isEqualTo(2);
    await(before, UNDER_WAY);
    run(holder, "COMMIT");
    await(before, DONE);
  }

  @Test
  void anIndexThatWasInterruptedIsMadeAnew() {
    String name = server.newDatabase();
    TestDatabase before = open(Config.of(server.url(name)));
    SqlConnection holder = oldAndHeld(before);
    resources.add(before.again()).run(INSERT.formatted("first"));
    await(before, UNDER_WAY);

    server.admin(
        name,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX%'");
    await(before, "NOT EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX%')");
    assertThat(before.run("SELECT FROM pg_index WHERE NOT indisvalid").size()).isEqualTo(1);
    assertThat(before.run("SELECT FROM polycert.schema_step").size()).isEqualTo(STEPS - 1);
    run(holder, "COMMIT");
    resources.add(before.again()).run(INSERT.formatted("second"));

    await(before, DONE);
  }

  /** They go in groups, because they come at the same time. */
  @Test
  void oneThatIsRefusedHarmsNoOther() {
    TestDatabase database = open(Config.of(server.url(server.newDatabase())));
    database.run("CREATE TABLE polycert.small (name text PRIMARY KEY, n int CHECK (n <> 17))");

    List<Throwable> failures =
        Uni.join()
            .all(
                IntStream.range(0, 200)
                    .mapToObj(
                        n ->
                            database
                                .database()
                                .runInGroup(
                                    "INSERT INTO polycert.small VALUES ($1, $2)",
                                    Tuple.of("row " + n, n))
                                .map(done -> (Throwable) null)
                                .onFailure()
                                .recoverWithItem(failure -> failure))
                    .toList())
            .andFailFast()
            .await()
            .atMost(Duration.ofSeconds(60));

    assertThat(failures.get(17))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("23514");
    assertThat(failures.stream().filter(failure -> failure != null)).hasSize(1);
    assertThat(database.run("SELECT FROM polycert.small").size()).isEqualTo(199);
    assertThat(database.run("SELECT DISTINCT xmin::text FROM polycert.small").size())
        .as("transactions")
        .isLessThan(199);
  }

  /** Three are under way, and the fourth waits for one of them. */
  @Test
  void oneWhoseCallerGivesUpWhileItWaitsIsNotSent() {
    Config config = Config.of(server.url(server.newDatabase()));
    TestDatabase database = open(config);
    database.run("CREATE TABLE polycert.small (n int)");
    TestDatabase holder = open(config.withConnections(1));
    holder.run("SELECT pg_advisory_lock(7)");
    List<CompletableFuture<RowSet<Row>>> underWay =
        IntStream.rangeClosed(1, 3).mapToObj(n -> waitingFor(database, n)).toList();

    waitingFor(database, 4).cancel(true);
    CompletableFuture<RowSet<Row>> fifth = waitingFor(database, 5);
    holder.run("SELECT pg_advisory_unlock(7)");

    underWay.forEach(CompletableFuture::join);
    fifth.join();
    assertThat(database.run("SELECT n FROM polycert.small"))
        .extracting(row -> row.getInteger(0))
        .containsExactlyInAnyOrder(1, 2, 3, 5);
  }

  private static CompletableFuture<RowSet<Row>> waitingFor(TestDatabase database, int n) {
    return database
        .database()
        .runInGroup(
            "INSERT INTO polycert.small SELECT $2::int FROM pg_advisory_xact_lock_shared(7)"
                + " WHERE $1::text <> ''",
            Tuple.of("row " + n, n))
        .subscribeAsCompletionStage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1969-12-31T23:59:59.999999999Z",
        "1970-01-01T00:00:00Z",
        "2026-11-21T10:00:00.123456789Z",
        "1677-09-21T00:12:43.145224192Z",
        "2262-04-11T23:47:16.854775807Z"
      })
  void timesKeepTheirNanoseconds(String time) {
    Instant at = Instant.parse(time);

    assertThat(Nanos.at(Nanos.of(at))).isEqualTo(at);
    assertThat(Nanos.of(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
    assertThat(Nanos.of(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
  }
}
