package dev.polycert.whole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.Orders;
import dev.polycert.store.embedded.TestOrderBook;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The order book in one file with 100,000 orders and a million entries of their histories. */
class StoreBench {
  private static final int ORDERS = 100_000;
  private static final int ENTRIES = 10;
  private static final int PAGE = 100;
  private static final int PAGES = 50;

  @RegisterExtension final Targets targets = new Targets();
  @TempDir Path directory;

  @Test
  void holdsManyOrders() throws Exception {
    Path path = directory.resolve("orders.mv");
    long before = System.nanoTime();
    try (TestOrderBook file = TestOrderBook.durable(path)) {
      Multi.createFrom()
          .iterable(IntStream.range(0, ORDERS).boxed().toList())
          .onItem()
          .transformToUni(number -> live(file.book(), number))
          .merge(256)
          .collect()
          .last()
          .await()
          .indefinitely();
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

  /** An order with its transitions. */
  private static Uni<Order> live(OrderBook book, int number) {
    Order order = Orders.requested("tencent-ssl", "d" + number + ".example.com");
    Uni<Order> moved = book.claim(order, "requested").map(OrderBook.Claim::order);
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

  private static double page(OrderBook book) {
    List<Double> times = new ArrayList<>();
    String cursor = null;
    for (int i = 0; i < PAGES; i++) {
      long before = System.nanoTime();
      OrderBook.Page page = get(book.list(OrderFilter.all(), cursor, PAGE));
      times.add((System.nanoTime() - before) / 1e6);
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
