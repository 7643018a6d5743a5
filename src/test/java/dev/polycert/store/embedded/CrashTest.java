package dev.polycert.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.order.HistoryEntry;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook.Page;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderId;
import dev.polycert.testing.StartsProcesses;
import dev.polycert.whole.chaos.Scale;
import io.smallrye.mutiny.Uni;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a writing process at random moments and looks at what it leaves behind. */
@StartsProcesses
class CrashTest {
  private static final Pattern ACKNOWLEDGED = Pattern.compile("ack (ord_[0-9a-f]{32}) (\\d+) \\.");
  private static final int ROUNDS = 4;
  private static final String FOR_EVER = "600000";

  @TempDir Path directory;

  @Test
  void whatWasAcknowledgedIsThereAndNothingIsHalfWritten() throws Exception {
    Path file = directory.resolve("orders.mv");
    Map<OrderId, Long> acknowledged = new HashMap<>();
    Random random = new Random(Scale.seed());
    for (int round = 0; round < ROUNDS; round++) {
      try {
        killAndInspect(file, round, random, acknowledged);
      } catch (AssertionError e) {
        throw new AssertionError("round %d of seed %d".formatted(round, Scale.seed()), e);
      }
    }
  }

  private static void killAndInspect(
      Path file, int round, Random random, Map<OrderId, Long> acknowledged) throws Exception {
    int before = acknowledged.size();
    if (round % 2 == 0) {
      runUntilKilled(file, round, 50 + random.nextInt(1500), acknowledged);
    } else {
      runUntilHalted(file, round, random.nextInt(200), acknowledged);
    }
    assertThat(acknowledged.size()).as("orders").isGreaterThan(before);
    inspect(file, acknowledged);
  }

  /** Kills it after a number of acknowledgements, and reads what it had still said. */
  private static void runUntilKilled(
      Path file, int round, int count, Map<OrderId, Long> acknowledged) throws Exception {
    Process writer = start(file, round, FOR_EVER);
    try (BufferedReader said = writer.inputReader()) {
      int seen = 0;
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        note(line, acknowledged);
        if (++seen == count) {
          // Not writer.destroyForcibly(), which would also close the stream that is read here.
          writer.toHandle().destroyForcibly();
        }
      }
    }
    assertThat(writer.waitFor()).isEqualTo(128 + 9);
  }

  private static void runUntilHalted(
      Path file, int round, int millis, Map<OrderId, Long> acknowledged) throws Exception {
    Process writer = start(file, round, "" + millis);
    try (BufferedReader said = writer.inputReader()) {
      said.lines().forEach(line -> note(line, acknowledged));
    }
    assertThat(writer.waitFor()).isEqualTo(9);
  }

  private static Process start(Path file, int round, String millis) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            CrashingWriter.class.getName(),
            file.toString(),
            "" + round,
            millis)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void note(String line, Map<OrderId, Long> acknowledged) {
    Matcher matcher = ACKNOWLEDGED.matcher(line);
    if (matcher.matches()) {
      acknowledged.merge(
          new OrderId(matcher.group(1)), Long.parseLong(matcher.group(2)), Math::max);
    }
  }

  private static void inspect(Path file, Map<OrderId, Long> acknowledged) {
    EmbeddedOrderBook book =
        new EmbeddedOrderBook(new EmbeddedFile(new Random(), TestStoreConfig.at(file)));
    try {
      List<Order> orders = all(book);
      Map<OrderId, Order> byId = new HashMap<>();
      orders.forEach(order -> byId.put(order.id(), order));

      assertThat(byId).as("each is listed once").hasSameSizeAs(orders);
      acknowledged.forEach(
          (id, version) ->
              assertThat(byId.get(id))
                  .as("%s, of which version %d was acknowledged", id, version)
                  .isNotNull()
                  .extracting(Order::version)
                  .matches(kept -> kept >= version));
      orders.forEach(order -> inspect(book, order));
      assertThat(get(book.due(Instant.MAX, Integer.MAX_VALUE)))
          .as("what is due")
          .containsExactlyInAnyOrderElementsOf(
              orders.stream().filter(order -> order.nextStepAt() != null).toList());
    } finally {
      book.close();
    }
  }

  private static void inspect(EmbeddedOrderBook book, Order order) {
    List<HistoryEntry> history = get(book.history(order.id()));
    assertThat(history)
        .as("history of %s", order)
        .extracting(HistoryEntry::version)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, order.version()).boxed().toList());
    assertThat(history.getLast().to()).isEqualTo(order.state());
    assertThat(get(book.find(order.id()))).contains(order);
    assertThat(get(book.latest(order.domain()))).containsExactly(order);
    assertThat(get(book.list(new OrderFilter(null, null, order.domain(), null), null, 2)).orders())
        .containsExactly(order);
  }

  private static List<Order> all(EmbeddedOrderBook book) {
    List<Order> orders = new ArrayList<>();
    String cursor = null;
    do {
      Page page = get(book.list(OrderFilter.all(), cursor, 500));
      orders.addAll(page.orders());
      cursor = page.next();
    } while (cursor != null);
    return orders;
  }

  private static <T> T get(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(30));
  }
}
