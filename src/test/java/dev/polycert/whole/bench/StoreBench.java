package dev.polycert.whole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.Orders;
import dev.polycert.postgresql.TestDatabase;
import dev.polycert.store.dynamodb.TestDynamoStore;
import dev.polycert.store.embedded.TestOrderBook;
import dev.polycert.store.postgresql.TestPostgresqlStore;
import dev.polycert.testing.DynamoDbLocal;
import dev.polycert.testing.JsonHttp;
import dev.polycert.testing.PostgresqlServer;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * The order book in one file with 100,000 orders and a million entries of their histories; and the
 * three kinds of order books beside each other.
 */
class StoreBench {
  private static final int ORDERS = 100_000;
  private static final int ENTRIES = 10;
  private static final int SMALL = 2_000;
  private static final int CONCURRENCY = 64;
  private static final int PAGE = 100;
  private static final int PAGES = 50;

  /** The pages before the measured ones; by their end, the code that reads orders is compiled. */
  private static final int WARM_UP = 250;

  @RegisterExtension final Targets targets = new Targets();
  @TempDir Path directory;

  @Test
  void holdsManyOrders() throws Exception {
    Path path = directory.resolve("orders.mv");
    long before = System.nanoTime();
    try (TestOrderBook file = TestOrderBook.durable(path)) {
      all(ORDERS, 256, number -> live(file.book(), number));
    }
    double transitions = (double) ORDERS * ENTRIES / ((System.nanoTime() - before) / 1e9);
    targets.tell("100,000 orders: transitions a second", transitions, "");
    targets.atMost("100,000 orders: file", Files.size(path) / 1e6, 250, "MB");
    long opening = System.nanoTime();
    try (TestOrderBook file = TestOrderBook.durable(path)) {
      OrderBook book = file.book();
      assertThat(get(book.due(Orders.T0, 10))).isEmpty();
      targets.atMost("100,000 orders: open", (System.nanoTime() - opening) / 1e9, 2, "s");
      targets.atMost("100,000 orders: list page, p50", page(book), 5, "ms");
    }
  }

  /** Each waits for the disk, but DynamoDB Local, which is in memory. */
  @Test
  void threeBooksBesideEachOther() throws Exception {
    try (TestOrderBook file = TestOrderBook.durable(directory.resolve("small.mv"))) {
      measure("embedded", file.book(), SMALL);
    }
    try (PostgresqlServer server = PostgresqlServer.own();
        TestDatabase database = database(server)) {
      OrderBook book = TestPostgresqlStore.book(database.database());
      double transitions = measure("PostgreSQL", book, SMALL);
      targets.atLeast("PostgreSQL: transitions a second", transitions, 2000, "");
      fill(server, database);
      targets.atMost("PostgreSQL, 1,000,000 orders: list page, p50", page(book), 5, "ms");
    }
    try (DynamoDbAsyncClient client = DynamoDbLocal.client()) {
      measure(
          "DynamoDB Local", TestDynamoStore.load(client, JsonHttp.read("[]")).book(), SMALL / 5);
    }
  }

  private static TestDatabase database(PostgresqlServer server) {
    return TestDatabase.open(TestDatabase.Config.of(server.url(server.newDatabase())));
  }

  /** Transitions a second. */
  private double measure(String kind, OrderBook book, int orders) {
    long begin = System.nanoTime();
    all(orders, CONCURRENCY, number -> book.claim(order(number), "requested"));
    long claimed = System.nanoTime();
    all(orders, CONCURRENCY, number -> move(book, Uni.createFrom().item(order(number))));
    double seconds = (System.nanoTime() - claimed) / 1e9;
    targets.tell(kind + ": claims a second", orders / ((claimed - begin) / 1e9), "");
    double transitions = orders * (ENTRIES - 1) / seconds;
    targets.tell(kind + ": transitions a second", transitions, "");
    return transitions;
  }

  /** Copies one of the orders a million times, with ids of their own. */
  private static void fill(PostgresqlServer server, TestDatabase database) {
    String name = database.run("SELECT current_database()").iterator().next().getString(0);
    server.admin(
        name,
        """
        INSERT INTO polycert.orders
        SELECT 'ord_' || md5(n::text), version, state, provider, account, md5(n::text) || '.example',
          generation, created, due, expires, ended,
          replace(content, id, 'ord_' || md5(n::text))
        FROM (SELECT * FROM polycert.orders LIMIT 1) AS one, generate_series(1, 1000000) AS n\
        """);
    // What the server does by itself some time after so many rows have come.
    server.admin(name, "VACUUM ANALYZE polycert.orders");
    server.admin(name, "CHECKPOINT");
  }

  private static <T> void all(int count, int concurrency, IntFunction<Uni<T>> work) {
    Multi.createFrom()
        .iterable(IntStream.range(0, count).boxed().toList())
        .onItem()
        .transformToUni(work::apply)
        .merge(concurrency)
        .collect()
        .last()
        .await()
        .indefinitely();
  }

  private static Order order(int number) {
    return Orders.requested("tencent-ssl", "d" + number + ".example.com");
  }

  /** An order with its transitions. */
  private static Uni<Order> live(OrderBook book, int number) {
    return move(book, book.claim(order(number), "requested").map(OrderBook.Claim::order));
  }

  private static Uni<Order> move(OrderBook book, Uni<Order> order) {
    Uni<Order> moved = order;
    for (int i = 1; i < ENTRIES; i++) {
      Duration passed = Duration.ofMinutes(i);
      moved =
          moved.flatMap(
              it ->
                  book.transition(
                      it.withNextStepAt(Orders.T0.plus(passed).plusSeconds(60))
                          .recordedAt(Orders.T0.plus(passed)),
                      "waits for the domain's validation; looks again",
                      "5f7a6f2e-2f0c-4f2b-9a8e-0a9d8c7b6a5f"));
    }
    return moved;
  }

  /** Of the pages of a process that has run for a while. */
  private static double page(OrderBook book) {
    List<Double> times = new ArrayList<>();
    String cursor = null;
    for (int i = 0; i < WARM_UP + PAGES; i++) {
      long before = System.nanoTime();
      OrderBook.Page page = get(book.list(OrderFilter.all(), cursor, PAGE));
      if (i >= WARM_UP) {
        times.add((System.nanoTime() - before) / 1e6);
      }
      assertThat(page.orders()).hasSize(PAGE);
      cursor = page.next();
    }
    Collections.sort(times);
    return times.get(PAGES / 2);
  }

  private static <T> T get(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(30));
  }
}
