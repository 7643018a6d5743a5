package dev.polycert.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderState;
import dev.polycert.order.Orders;
import dev.polycert.order.Transition;
import dev.polycert.postgresql.CutLine;
import dev.polycert.postgresql.DatabaseException;
import dev.polycert.postgresql.TestDatabase;
import dev.polycert.postgresql.TestDatabase.Config;
import dev.polycert.testing.PostgresqlServer;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.Resources;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the order book when something happens to the server, or on the way to it. */
@RequiresPrograms("postgres")
class PostgresqlFaultsTest {
  @RegisterExtension static final Resources RESOURCES = new Resources();
  private static final PostgresqlServer SERVER = RESOURCES.add(PostgresqlServer.own());
  private static final String DATABASE = SERVER.newDatabaseOfLeastRights();
  private static final int STEPS = 20;

  @RegisterExtension final Resources resources = new Resources();

  private static Config config() {
    return Config.of(SERVER.url(DATABASE)).withTimeout(Duration.ofSeconds(30));
  }

  private OrderBook book(Config config) {
    return TestPostgresqlStore.book(resources.add(TestDatabase.open(config)).database());
  }

  private static <T> T get(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(60));
  }

  /** The whole life of an order, one record after the other. */
  private static Uni<Order> life(OrderBook book, Order order) {
    Uni<Order> moved =
        book.claim(order, "requested")
            .invoke(claim -> assertThat(claim.won()).as("claimed by us").isTrue())
            .map(OrderBook.Claim::order);
    for (int i = 1; i < STEPS; i++) {
      moved = moved.flatMap(it -> book.transition(it.recordedAt(Orders.T0), "step", null));
    }
    return moved.flatMap(
        it -> book.transition(it.with(OrderState.CANCELLED).recordedAt(Orders.T0), "end", null));
  }

  /** While twenty orders go their ways, the server crashes or is restarted. */
  @ParameterizedTest
  @ValueSource(strings = {"immediate", "fast"})
  void aRestartOfTheServerLosesNothingAndRepeatsNothing(String mode) {
    twentyLive(
        book(config()),
        mode,
        () -> {
          SERVER.stop(mode);
          SERVER.start();
        });
  }

  /** Twenty orders go their ways, and lose and repeat nothing, while something happens. */
  private static void twentyLive(OrderBook book, String label, Runnable fault) {
    List<Order> orders =
        IntStream.range(0, 20)
            .mapToObj(i -> Orders.requested("p", label + i + ".example.com"))
            .toList();
    List<CompletableFuture<Order>> lives = new ArrayList<>();
    orders.forEach(order -> lives.add(life(book, order).subscribeAsCompletionStage()));
    while (get(book.history(orders.getFirst().id())).size() < 3) {
      Thread.onSpinWait();
    }

    fault.run();

    for (int i = 0; i < lives.size(); i++) {
      Order last = lives.get(i).orTimeout(60, TimeUnit.SECONDS).join();
      assertThat(last.version()).isEqualTo(STEPS + 1L);
      assertThat(get(book.find(orders.get(i).id()))).contains(last);
      assertThat(get(book.history(last.id()))).hasSize(STEPS + 1);
    }
  }

  /** A line to the server that leads to its standby later, as an address does that moves. */
  private CutLine line() throws IOException {
    return resources.add(new CutLine(SERVER.port()));
  }

  private static Config through(CutLine line) {
    String url = "postgresql://127.0.0.1:%d/%s?sslmode=disable".formatted(line.port(), DATABASE);
    return config().withUrl(Optional.of(url));
  }

  private static void failOver(PostgresqlServer standby, CutLine line) {
    SERVER.stop("immediate");
    // A standby refuses writes until then, and a refusal is reported at once.
    standby.promote();
    line.leadTo(standby.port());
  }

  /** As the documentation says that it is to be set up. */
  @Test
  void aFailoverToASynchronousStandbyLosesNothingAndRepeatsNothing() throws Exception {
    CutLine line = line();
    OrderBook book = book(through(line));
    get(book.find(Orders.full().id()));
    PostgresqlServer standby = resources.add(SERVER.standby());
    SERVER.set("synchronous_standby_names", "*");
    try {
      twentyLive(book, "failover", () -> failOver(standby, line));
    } finally {
      SERVER.start();
      SERVER.set("synchronous_standby_names", "");
    }
  }

  /** What a standby forgets that lags behind is not taken for what is recorded. */
  @Test
  void afterAFailoverThatForgetsARecordItsOrderIsReadAgain() throws Exception {
    CutLine line = line();
    OrderBook book = book(through(line));
    Order order = Orders.requested("p", "forgotten.example.com");
    get(book.claim(order, "requested"));
    PostgresqlServer standby = resources.add(SERVER.standby());
    standby.set("primary_conninfo", "");
    while (!SERVER.admin("postgres", "SELECT FROM pg_stat_replication").isEmpty()) {
      Thread.onSpinWait();
    }
    Order moved = get(book.transition(order.recordedAt(Orders.T0), "moved", null));
    try {
      failOver(standby, line);

      assertThatThrownBy(() -> get(book.transition(moved.recordedAt(Orders.T0), "again", null)))
          .isInstanceOf(OrderBook.StaleOrderException.class);
      assertThat(get(book.find(order.id()))).contains(order);
    } finally {
      SERVER.start();
    }
  }

  @Test
  void aFullDiskIsReportedAndUsedAgainWhenThereIsRoom() {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root makes small disks");
    PostgresqlServer small = resources.add(PostgresqlServer.withSmallDisk(16));
    small.admin("postgres", "CREATE TABLESPACE small LOCATION '" + small.smallDisk() + "'");
    String database = small.newDatabase();
    small.admin("postgres", "ALTER DATABASE " + database + " SET TABLESPACE small");
    OrderBook book = book(Config.of(small.url(database)));
    get(book.find(Orders.full().id()));

    small.fillSmallDisk(true);
    List<Order> recorded = new ArrayList<>();
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1000; i++) {
                Order order = Orders.requested("p", "full" + i + ".example.com");
                get(book.claim(order, "requested"));
                recorded.add(order);
              }
            })
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("53100")
        .hasMessageContaining("until the disk of the server has room");
    Order refused = Orders.requested("p", "full" + recorded.size() + ".example.com");
    assertThat(get(book.find(refused.id()))).isEmpty();
    recorded.forEach(order -> assertThat(get(book.find(order.id()))).contains(order));

    small.fillSmallDisk(false);
    get(life(book, refused));
    assertThat(get(book.history(refused.id()))).hasSize(STEPS + 1);
  }

  /** Whichever message is the last one that passes: of a statement, or of its answer. */
  @Test
  void aCutAtAnyMessageLosesNothingAndRepeatsNothing() throws Exception {
    CutLine line = line();
    OrderBook book = book(through(line));
    Order warm = Orders.requested("p", "warm.example.com");
    get(life(book, warm));
    boolean cut = true;
    for (int after = 0; cut; after++) {
      Order order = Orders.requested("p", "cut" + after + ".example.com");
      line.cutAfter(after);

      assertThat(get(book.claim(order, "requested")).won()).as("cut after %d", after).isTrue();
      Order moved = get(book.transition(order.recordedAt(Orders.T0), "moved", null));
      Order ended = moved.with(OrderState.CANCELLED).recordedAt(Orders.T0);
      assertThat(get(book.transition(ended, "ended", null))).isEqualTo(ended);
      assertThat(get(book.reserve("cut" + after, order.id()))).isTrue();

      cut = line.wasCut();
      assertThat(get(book.history(order.id()))).as("cut after %d", after).hasSize(3);
      assertThat(after).as("messages").isLessThan(100);
    }
  }

  /** As after a failover to a standby that does not write yet. */
  @Test
  void aServerThatOnlyReadsIsReportedAndUsedAgainWhenItWrites() {
    OrderBook before = book(config());
    Order order = Orders.requested("p", "readonly.example.com");
    get(before.claim(order, "requested"));
    SERVER.admin("postgres", "ALTER ROLE polycert SET default_transaction_read_only = on");
    OrderBook book = book(config());

    assertThat(get(book.find(order.id()))).contains(order);
    assertThatThrownBy(() -> get(book.transition(order.recordedAt(Orders.T0), "moved", null)))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("25006")
        .hasMessageContaining("POLYCERT_POSTGRESQL_URL");

    SERVER.admin("postgres", "ALTER ROLE polycert RESET default_transaction_read_only");
    SERVER.admin(
        "postgres",
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'polycert'");
    assertThat(get(book.transition(order.recordedAt(Orders.T0), "moved", null)).version())
        .isEqualTo(2);
  }

  @Test
  void aServerThatIsDownIsReportedInTimeAndUsedAgainWhenItIsUp() {
    OrderBook book = book(config().withTimeout(Duration.ofSeconds(1)));
    Order order = Orders.requested("p", "down.example.com");
    get(book.claim(order, "requested"));
    SERVER.stop("immediate");
    try {
      assertThatThrownBy(() -> get(book.find(order.id())))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("cannot be reached");
    } finally {
      SERVER.start();
    }

    assertThat(get(book.find(order.id()))).contains(order);
  }

  @Test
  void workOfAnotherProcessIsToldOfAlsoAfterARestart() throws Exception {
    BlockingQueue<OrderBook.WakeUp> told = new LinkedBlockingQueue<>();
    OrderBook listening = book(config());
    OrderBook other = book(config());
    Cancellable listener = listening.wakeUps().subscribe().with(told::add);
    try {
      assertThat(told.poll(30, TimeUnit.SECONDS)).as("told when it began to listen").isNotNull();
      Order later = Orders.requested("p", "later.example.com");
      get(other.claim(later.withNextStepAt(Orders.T0.plusSeconds(60)), "requested"));
      Order now = Orders.requested("p", "now.example.com").withNextStepAt(Orders.T0);
      get(other.claim(now, "requested"));
      assertThat(told.poll(30, TimeUnit.SECONDS)).isNotNull();
      assertThat(told).isEmpty();

      SERVER.stop("immediate");
      SERVER.start();
      assertThat(told.poll(30, TimeUnit.SECONDS)).as("told after the restart").isNotNull();
      get(other.transition(now.withNextStepAt(Orders.T0).recordedAt(Orders.T0), "again", null));
      assertThat(told.poll(30, TimeUnit.SECONDS)).isNotNull();
    } finally {
      listener.cancel();
    }
  }

  /** Its right is taken away, so that the notification fails and nothing else does. */
  @Test
  void othersGetToKnowThatAReportWasLost() throws Exception {
    BlockingQueue<Optional<Transition>> heard = new LinkedBlockingQueue<>();
    OrderBook book = book(config());
    Cancellable listener = book(config()).elsewhere().subscribe().with(heard::add);
    try {
      assertThat(heard.poll(30, TimeUnit.SECONDS)).as("it listens").isEmpty();
      SERVER.admin(DATABASE, "REVOKE EXECUTE ON FUNCTION pg_notify FROM PUBLIC");
      book.report(Transition.of(null, Orders.full(), "lost", null));
      while (SERVER
          .admin(
              DATABASE,
              "SELECT 1 FROM pg_stat_activity"
                  + " WHERE query LIKE 'SELECT pg_notify%' AND state = 'idle'")
          .isEmpty()) {
        Thread.onSpinWait();
      }
      SERVER.admin(DATABASE, "GRANT EXECUTE ON FUNCTION pg_notify TO PUBLIC");
      Transition second = Transition.of(null, Orders.full(), "second", null);
      book.report(second);

      assertThat(heard.poll(30, TimeUnit.SECONDS)).as("some were lost").isEmpty();
      assertThat(heard.poll(30, TimeUnit.SECONDS)).contains(second);
    } finally {
      listener.cancel();
      SERVER.admin(DATABASE, "GRANT EXECUTE ON FUNCTION pg_notify TO PUBLIC");
    }
  }

  @Test
  void aPasswordThatWasChangedIsReportedAndTheRightOneUsedAgain() {
    OrderBook book = book(config());
    Order order = Orders.requested("p", "password.example.com");
    SERVER.admin("postgres", "ALTER ROLE polycert PASSWORD 'fake-new-password'");
    try {
      assertThatThrownBy(() -> get(book.find(order.id())))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("POLYCERT_POSTGRESQL_PASSWORD");
    } finally {
      SERVER.admin("postgres", "ALTER ROLE polycert PASSWORD '" + PostgresqlServer.PASSWORD + "'");
    }

    assertThat(get(book.find(order.id()))).isEmpty();
  }
}
