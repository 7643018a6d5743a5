package dev.polycert.store.dynamodb;

import static dev.polycert.order.Orders.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.DynamoDbLocal;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.Orders;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** What a certificate costs at DynamoDB, from its order to its end, as infra/cost.yml says. */
class LifeCostTest {
  private record Config(String table, Optional<Duration> historyRetention)
      implements DynamoConfig {}

  private final CapacityMeter meter = new CapacityMeter();

  @Test
  void aCertificateTakesAsManyUnitsAsTheCostsAreReckonedWith() throws IOException {
    try (DynamoDbAsyncClient client = DynamoDbLocal.client(DynamoDbLocal.endpoint(), meter)) {
      Config config = new Config(TestTable.create(client), Optional.empty());
      live(new DynamoOrderBook(client, config, new SecureRandom()));
    }
    String listed = Files.readString(Path.of("infra/cost.yml"));

    assertThat(meter.writeUnits()).isEqualTo(listed(listed, "writeUnits"));
    assertThat(meter.readUnits()).isEqualTo(listed(listed, "readUnits"));
  }

  /** Applied for, checked three times, issued, renewed and expired; people are told twice. */
  private static void live(DynamoOrderBook book) {
    Order full = Orders.full();
    await(book.latest(full.provider(), full.account(), full.domain()));
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
      Order next = order.change().state(state).nextStepAt(T0.plusSeconds(order.version())).at(T0);
      order = await(book.transition(next, "a reason of usual length", "req-0123456789"));
    }
    // The sweep brings it four times: three checks and the renewal.
    for (int i = 0; i < 4; i++) {
      await(book.due(T0.plusSeconds(3600), 100));
    }
    await(book.find(order.id()));
    await(book.find(order.id()));
  }

  private static double listed(String text, String name) {
    var line = Pattern.compile("^  " + name + ": ([0-9.]+)", Pattern.MULTILINE).matcher(text);
    assertThat(line.find()).as(name).isTrue();
    return Double.parseDouble(line.group(1));
  }

  private static <T> T await(Uni<T> step) {
    return step.await().atMost(Duration.ofSeconds(30));
  }
}
