package dev.polycert.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Identity;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderState;
import dev.polycert.order.Orders;
import dev.polycert.order.Transition;
import dev.polycert.postgresql.ClassDatabase;
import dev.polycert.store.SharedOrderBookContractTest;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.Resources;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@RequiresPrograms("postgres")
class PostgresqlOrderBookTest extends SharedOrderBookContractTest {
  private static final Duration KEPT = Duration.ofDays(400);

  @RegisterExtension static final ClassDatabase DATABASE = new ClassDatabase();

  @RegisterExtension final Resources resources = new Resources();

  @Override
  protected OrderBook emptyBook() {
    return TestPostgresqlStore.book(DATABASE.get().emptied().database());
  }

  /** A step that another process records just now is not waited for. */
  @Test
  void anOrderThatIsLockedIsNotTaken() {
    OrderBook book = emptyBook();
    Instant due = Orders.T0.plusSeconds(10);
    Order order = Orders.requested("p", "a.example.com").withNextStepAt(due);
    get(book.claim(order, "requested"));

    boolean taken =
        get(
            DATABASE
                .get()
                .database()
                .call(
                    pool ->
                        pool.withTransaction(
                            locking ->
                                locking
                                    .preparedQuery(
                                        "SELECT FROM polycert.orders WHERE id = $1 FOR UPDATE")
                                    .execute(Tuple.of(order.id().value()))
                                    .compose(
                                        locked ->
                                            Future.fromCompletionStage(
                                                book.lease(order, due, due.plusSeconds(60))
                                                    .subscribeAsCompletionStage())))));

    assertThat(taken).isFalse();
    assertThat(get(book.lease(order, due, due.plusSeconds(60)))).isTrue();
  }

  /** As it was before there was a table of the names. */
  @Test
  void theNamesOfOrdersOfAnEarlierVersionAreReadByTheStepOfTheSchema() throws IOException {
    OrderBook book = emptyBook();
    Order order =
        Order.requested(
            Identity.of("acme", "main", DomainName.parse("www.example.com"), 1, Orders.T0),
            Orders.TERMS.withOptions(
                Map.of("alternativeNames", "Other.example.com., b.example.com  *.c.example.com")));
    get(book.claim(order, "requested"));
    get(book.claim(Orders.full(), "requested"));
    String step = Files.readString(Path.of("src/main/resources/postgresql/006-names.sql"));
    run("DROP TABLE polycert.alternative_name; " + step);

    for (String name : List.of("other.example.com", "b.example.com", "*.c.example.com")) {
      OrderFilter filter = new OrderFilter(null, null, DomainName.parse(name), null);
      assertThat(get(book.list(filter, null, 5)).orders()).as(name).containsExactly(order);
    }
  }

  private static void run(String statements) {
    get(
        DATABASE
            .get()
            .database()
            .call(pool -> pool.query(statements).execute().mapEmpty())
            .replaceWith(true));
  }

  @Test
  void aTransitionIsReportedToTheOtherProcessesAndNotToItsOwn() throws InterruptedException {
    OrderBook one = emptyBook();
    OrderBook other = TestPostgresqlStore.book(DATABASE.get().database());
    BlockingQueue<Optional<Transition>> heard = new LinkedBlockingQueue<>();
    resources.add(other.elsewhere().subscribe().with(heard::add)::cancel);
    assertThat(heard.poll(20, TimeUnit.SECONDS)).as("it listens").isEmpty();
    Transition verbose = Transition.of(null, Orders.full(), "因".repeat(9000), "r-1");
    Transition second = Transition.of(OrderState.APPLYING, Orders.full(), "issued", null);

    other.report(second);
    one.report(verbose);
    one.report(second);

    assertThat(heard.poll(20, TimeUnit.SECONDS)).contains(verbose.cut(1000));
    assertThat(heard.poll(20, TimeUnit.SECONDS)).contains(second);
  }

  @Test
  void theHistoriesOfAMonthAreDeletedWhenItsLastOneIsOld() {
    emptyBook();
    OrderBook book = TestPostgresqlStore.book(DATABASE.get().database(), Optional.of(KEPT));
    Order first = ended(book, "first.example.com", Instant.parse("2027-03-05T00:00:00Z"));
    Order second = ended(book, "second.example.com", Instant.parse("2027-04-01T00:00:00Z"));
    Order open = claimed("p", "open.example.com", book);
    Instant firstOfMonth = Instant.parse("2027-04-01T00:00:00Z");

    ended(book, "early.example.com", firstOfMonth.plus(KEPT).minusSeconds(1));
    assertThat(get(book.history(first.id()))).hasSize(2);

    ended(book, "late.example.com", firstOfMonth.plus(KEPT));
    assertThat(get(book.history(first.id()))).isEmpty();
    assertThat(get(book.find(first.id()))).contains(first);
    assertThat(get(book.history(second.id()))).hasSize(2);
    assertThat(get(book.history(open.id()))).hasSize(1);
  }

  @Test
  void aRecordAfterTheEndTakesTheHistoryAlong() {
    emptyBook();
    OrderBook book = TestPostgresqlStore.book(DATABASE.get().database(), Optional.of(KEPT));
    Order order = ended(book, "first.example.com", Instant.parse("2027-03-31T23:59:59Z"));
    get(book.transition(order.recordedAt(Instant.parse("2027-04-02T00:00:00Z")), "tidied", null));

    ended(book, "late.example.com", Instant.parse("2027-04-05T00:00:00Z").plus(KEPT));

    assertThat(get(book.history(order.id()))).hasSize(3);
  }

  /** As while processes are replaced by those of a newer version, one by one. */
  @Test
  void theVersionBeforeWorksOnBesideANewerOne() {
    OrderBook book = emptyBook();
    Instant due = Orders.T0.plusSeconds(10);
    Order order = Orders.requested("p", "a.example.com").withNextStepAt(due);
    get(book.claim(order, "requested"));
    assertThat(get(book.due(due, 10))).containsExactly(order);

    DATABASE.get().run("ALTER TABLE polycert.orders ADD COLUMN future text DEFAULT 'f'");
    DATABASE.get().run("CREATE TABLE polycert.future (id text)");
    DATABASE.get().run("INSERT INTO polycert.schema_step (number) VALUES (999)");
    DATABASE
        .get()
        .run(
            "UPDATE polycert.orders SET content = replace(content, '{\"id\"',"
                + " '{\"new\":[1],\"id\"')");

    try {
      Order found = get(book.due(due, 10)).getFirst();
      assertThat(get(book.lease(found, due, due.plusSeconds(60)))).isTrue();
      get(book.transition(found.with(OrderState.APPLYING).recordedAt(due), "sent", null));
      OrderBook started =
          TestPostgresqlStore.book(resources.add(DATABASE.get().again()).database());
      assertThat(get(started.find(order.id())).orElseThrow().state())
          .isEqualTo(OrderState.APPLYING);
      assertThat(
              DATABASE.get().run("SELECT content, future FROM polycert.orders").iterator().next())
          .satisfies(row -> assertThat(row.getString(0)).contains("\"new\":[1]"))
          .satisfies(row -> assertThat(row.getString(1)).isEqualTo("f"));
    } finally {
      DATABASE.get().run("ALTER TABLE polycert.orders DROP COLUMN future");
      DATABASE.get().run("DELETE FROM polycert.schema_step WHERE number = 999");
    }
  }

  private static Order claimed(String provider, String domain, OrderBook book) {
    Order order = Orders.requested(provider, domain);
    get(book.claim(order, "requested"));
    return order;
  }

  private static Order ended(OrderBook book, String domain, Instant at) {
    Order order = claimed("p", domain, book);
    return get(book.transition(order.with(OrderState.CANCELLED).recordedAt(at), "", null));
  }
}
