package dev.polycert.store.dynamodb;

import static dev.polycert.order.Orders.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.Orders;
import dev.polycert.testing.DynamoDbLocal;
import dev.polycert.testing.StartsProcesses;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** What a certificate costs at DynamoDB, from its order to its end, as infra/cost.yml says. */
@StartsProcesses
class LifeCostTest {
  private record Config(String table, Optional<Duration> historyRetention)
      implements DynamoConfig {}

  private final CapacityMeter meter = new CapacityMeter();

  @Test
  void aCertificateTakesAsManyUnitsAsTheCostsAreReckonedWith() throws IOException {
    using(LifeCostTest::live);

    assertThat(meter.writeUnits()).isEqualTo(listed("writeUnits"));
    assertThat(meter.readUnits()).isEqualTo(listed("readUnits"));
  }

  @Test
  void aLookAtWhatTheCaSuggestsTakesAsManyUnits() throws IOException {
    using(
        book -> {
          Order order = await(book.claim(Orders.full(), "requested")).order();
          Order issued = order.with(OrderState.ISSUED).withNextStepAt(T0).recordedAt(T0);
          look(book, await(book.transition(issued, "issued", "req-0123456789")));
        });

    assertThat(meter.writeUnits()).isEqualTo(listed("lookWriteUnits"));
    assertThat(meter.readUnits()).isEqualTo(listed("lookReadUnits"));
  }

  private void using(Consumer<DynamoOrderBook> book) {
    try (DynamoDbAsyncClient client = DynamoDbLocal.client(DynamoDbLocal.endpoint(), meter)) {
      Config config = new Config(TestTable.create(client), Optional.empty());
      book.accept(new DynamoOrderBook(client, config, new SecureRandom()));
    }
  }

  /** The sweep brings the order, and what the CA suggests is recorded. */
  private void look(DynamoOrderBook book, Order issued) {
    meter.reset();
    await(book.due(T0.plusSeconds(3600), 100));
    await(book.latest(issued.provider(), issued.series(), issued.domain()));
    Order looked = issued.withNextStepAt(T0.plusSeconds(21_600)).recordedAt(T0);
    await(book.transition(looked, "the CA suggests to renew from then to then", null));
  }

  /** Applied for, checked three times, issued, renewed and expired; people are notified twice. */
  private static void live(DynamoOrderBook book) {
    Order full = Orders.full();
    await(book.latest(full.provider(), full.series(), full.domain()));
    Order order = await(book.claim(full, "requested")).order();
    for (OrderState state :
        List.of(
            OrderState.APPLYING,
            OrderState.PENDING_VALIDATION,
            OrderState.PENDING_VALIDATION,
            OrderState.PENDING_VALIDATION,
            OrderState.ISSUED,
            OrderState.ISSUED,
            OrderState.EXPIRED)) {
      Order next = order.with(state).withNextStepAt(T0.plusSeconds(order.version())).recordedAt(T0);
      order = await(book.transition(next, "a reason of usual length", "req-0123456789"));
    }
    // The sweep brings it four times: three checks and the renewal.
    for (int i = 0; i < 4; i++) {
      await(book.due(T0.plusSeconds(3600), 100));
    }
    await(book.find(order.id()));
    await(book.find(order.id()));
  }

  private static double listed(String name) throws IOException {
    String text = Files.readString(Path.of("infra/cost.yml"));
    var line = Pattern.compile("^  " + name + ": ([0-9.]+)", Pattern.MULTILINE).matcher(text);
    assertThat(line.find()).as(name).isTrue();
    return Double.parseDouble(line.group(1));
  }

  private static <T> T await(Uni<T> step) {
    return step.await().atMost(Duration.ofSeconds(30));
  }
}
