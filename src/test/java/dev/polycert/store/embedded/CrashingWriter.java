package dev.polycert.store.embedded;

import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.Orders;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/**
 * A process that moves orders without end and says so on its standard output, until it is killed or
 * (on request) halts itself in the middle of its work.
 */
final class CrashingWriter {
  private static final int THREADS = 8;
  private static final int STEPS = 12;

  private CrashingWriter() {}

  /** Arguments: file, number of the round, milliseconds after the first write until it halts. */
  public static void main(String[] args) throws InterruptedException {
    EmbeddedOrderBook book =
        new EmbeddedOrderBook(
            new EmbeddedFile(
                new Random(),
                new TestStoreConfig("embedded", Path.of(args[0]), true, Optional.empty())));
    // Outside of Quarkus the very first Uni must not be made by several threads at once.
    book.find(Orders.full().id()).await().indefinitely();
    CountDownLatch begun = new CountDownLatch(1);
    for (int thread = 0; thread < THREADS; thread++) {
      String name = "r" + args[1] + "-t" + thread + "-n";
      Thread.ofPlatform().start(() -> writeForEver(book, name, begun));
    }
    begun.await();
    Thread.sleep(Duration.ofMillis(Long.parseLong(args[2])));
    Runtime.getRuntime().halt(9);
  }

  private static void writeForEver(EmbeddedOrderBook book, String name, CountDownLatch begun) {
    for (int number = 0; ; number++) {
      Instant at = Orders.T0.plusSeconds(number);
      String domain = name + number + ".example.com";
      Order order = Orders.requested("tencent-ssl", "main", domain, 1, at);
      acknowledged(book.claim(order, "requested").await().indefinitely().order());
      begun.countDown();
      for (int step = 0; step < STEPS; step++) {
        OrderState state = step % 2 == 0 ? OrderState.APPLYING : OrderState.PENDING_VALIDATION;
        Instant due = step % 3 == 0 ? null : at.plusSeconds(step);
        Order next =
            order
                .with(state)
                .withNextStepAt(due)
                .with(order.report().withMessage("step " + step))
                .recordedAt(at);
        order = book.transition(next, "step " + step, null).await().indefinitely();
        acknowledged(order);
      }
    }
  }

  /** The last word shows that the line is whole. */
  private static void acknowledged(Order order) {
    System.out.println("ack " + order.id() + " " + order.version() + " .");
  }
}
