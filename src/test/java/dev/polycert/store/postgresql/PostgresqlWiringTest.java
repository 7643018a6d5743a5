package dev.polycert.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.Orders;
import dev.polycert.postgresql.Database;
import dev.polycert.rate.TokenBucket;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.vault.VaultStore;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** The application as a deployment on PostgreSQL configures it. */
@QuarkusTest
@RequiresPrograms("postgres")
@WithTestResource(PostgresqlTestResource.class)
class PostgresqlWiringTest {
  @Inject OrderBook book;
  @Inject VaultStore vault;
  @Inject TokenBucket bucket;
  @Inject Database database;
  @Inject Clock clock;

  @Test
  void ordersSealedValuesAndTokensAreInTheDatabase() {
    Order order = Orders.requested("p", "a.example.com");
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    ClassLoader seen =
        book.claim(order, "requested")
            .map(claim -> Thread.currentThread().getContextClassLoader())
            .await()
            .indefinitely();
    vault.put("v", new byte[] {1}).await().indefinitely();
    assertThat(bucket.take("k", 10, clock.instant().plusSeconds(20)).await().indefinitely())
        .isEmpty();

    assertThat(seen).isSameAs(loader);
    assertThat(rows("orders WHERE id = '" + order.id() + "'")).isEqualTo(1);
    assertThat(rows("vault WHERE name = 'v'")).isEqualTo(1);
    assertThat(rows("rate WHERE key = 'k'")).isEqualTo(1);
  }

  private int rows(String of) {
    return database.run("SELECT FROM polycert." + of, Tuple.tuple()).await().indefinitely().size();
  }
}
