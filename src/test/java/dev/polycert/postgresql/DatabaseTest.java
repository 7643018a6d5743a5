package dev.polycert.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.postgresql.TestDatabase.Config;
import dev.polycert.testing.PostgresqlServer;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.Resources;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
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
  private static final int STEPS = 5;

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
