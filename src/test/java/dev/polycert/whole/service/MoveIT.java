package dev.polycert.whole.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.order.Order;
import dev.polycert.order.Orders;
import dev.polycert.store.embedded.TestOrderBook;
import dev.polycert.testing.PostgresqlServer;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.Resources;
import dev.polycert.testing.StartsProcesses;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The packaged artifact moves its orders to another store, and serves them from there. */
@StartsProcesses
@RequiresPrograms("postgres")
class MoveIT {
  @RegisterExtension final Resources resources = new Resources();
  private final Path directory = resources.directory();

  @Test
  void thePackagedArtifactMovesItsOrdersAndGoesOnWithThem() throws Exception {
    Order order = Orders.requested("tencent-ssl", "www.example.com");
    try (TestOrderBook file = TestOrderBook.durable(directory.resolve("orders.mv"))) {
      file.book().claim(order, "requested").await().indefinitely();
    }
    PostgresqlServer server = PostgresqlServer.shared();
    Map<String, String> environment =
        Map.of(
            "POLYCERT_POSTGRESQL_URL", server.url(server.newDatabase()),
            "POLYCERT_POSTGRESQL_USERNAME", PostgresqlServer.ROLE,
            "POLYCERT_POSTGRESQL_PASSWORD", PostgresqlServer.PASSWORD);

    assertThat(run(environment, "move", "--to", "postgresql")).startsWith("2 ").contains("--from");
    String[] move = {"move", "--from", "embedded", "--to", "postgresql"};
    assertThat(run(environment, move))
        .startsWith("0 ")
        .contains("found alike in both: 1 orders with 1 entries of their histories");
    assertThat(run(environment, move)).startsWith("1 ").contains("is not empty");

    Map<String, String> moved = new HashMap<>(environment);
    moved.put("POLYCERT_STORE_KIND", "postgresql");
    Service service = resources.add(new Service(directory, moved));
    assertThat(service.order(order.id().value()).path("domain").textValue())
        .isEqualTo("www.example.com");
  }

  private String run(Map<String, String> environment, String... arguments) throws Exception {
    return Service.run(directory, environment, arguments);
  }
}
