package dev.polycert.store;

import static dev.polycert.order.Orders.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderBook.Page;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderState;
import dev.polycert.order.Orders;
import dev.polycert.order.Schedule;
import dev.polycert.provider.CertificateFacts;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** An empty book, and what tests do with it again and again. */
abstract class OrderBookFixture {

  static final String TENCENT = "tencent-ssl";
  static final String HUAWEI = "huawei-scm";
  static final int THREADS = 64;

  OrderBook book;

  /** A book with nothing in it. */
  protected abstract OrderBook emptyBook() throws Exception;

  @BeforeEach
  void open() throws Exception {
    // Outside of Quarkus the very first Uni must not be made by several threads at once.
    get(Uni.createFrom().voidItem());
    book = emptyBook();
  }

  static Order order(String domain, Instant createdAt) {
    return Orders.requested(TENCENT, "main", domain, 1, createdAt);
  }

  Order claim(Order order) {
    assertThat(get(book.claim(order, "requested")).won()).isTrue();
    return order;
  }

  Order claimed(String provider, String domain) {
    return claim(Orders.requested(provider, domain));
  }

  Order move(Order order, OrderState state) {
    return get(book.transition(order.with(state).recordedAt(T0.plusSeconds(1)), "moved", null));
  }

  Order scheduled(String domain, @Nullable Instant nextStepAt, @Nullable Instant deadline) {
    Order order = claimed(TENCENT, domain);
    return get(
        book.transition(
            order.with(new Schedule(0, nextStepAt, deadline)).recordedAt(T0), "scheduled", null));
  }

  Order issued(String domain, Instant createdAt, Duration validity) {
    CertificateFacts facts =
        new CertificateFacts(
            domain, List.of(domain), null, null, null, null, T0, T0.plus(validity));
    Order order = claim(order(domain, createdAt));
    return get(
        book.transition(
            order
                .with(OrderState.ISSUED)
                .with(order.issuance().withCertificate(facts))
                .recordedAt(createdAt),
            "issued",
            null));
  }

  /** All orders of a filter, by pages of two. */
  List<Order> all(OrderFilter filter) {
    List<Order> orders = new ArrayList<>();
    String cursor = null;
    do {
      Page page = get(book.list(filter, cursor, 2));
      orders.addAll(page.orders());
      cursor = page.next();
    } while (cursor != null);
    return orders;
  }

  protected static <T> T get(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(30));
  }

  /** Calls from many threads that start together. */
  static <T> List<@Nullable T> atOnce(IntFunction<Uni<T>> call) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<T>> answers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        answers.add(
            threads.submit(
                () -> {
                  start.await();
                  return get(call.apply(number));
                }));
      }
      start.countDown();
      List<T> got = new ArrayList<>();
      for (Future<T> answer : answers) {
        got.add(answer.get());
      }
      return got;
    }
  }
}
