package dev.polycert.store.postgresql;

import dev.polycert.order.Order;
import dev.polycert.order.OrderBook.WakeUp;
import dev.polycert.postgresql.Database;
import dev.polycert.store.Lists;
import io.smallrye.mutiny.Multi;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Notifies all processes that an order is due at once. The notification follows the record in a
 * transaction of its own, because notifications make commits wait for each other. A lost
 * notification costs the time until a process looks by itself.
 */
final class WakeUps {
  private static final Logger LOG = Logger.getLogger(WakeUps.class);

  private static final String CHANNEL = "polycert_due";

  private final Database database;

  /**
   * How many orders wait to be announced. One notification announces all that were recorded before
   * it.
   */
  private final AtomicInteger untold = new AtomicInteger();

  WakeUps(Database database) {
    this.database = database;
  }

  Multi<WakeUp> listen() {
    return database.listen(CHANNEL).map(told -> new WakeUp());
  }

  void recorded(Order order) {
    if (Lists.due(order).filter(at -> !at.isAfter(order.updatedAt())).isPresent()
        && untold.getAndIncrement() == 0) {
      tell();
    }
  }

  private void tell() {
    int before = untold.get();
    database
        .run("SELECT pg_notify($1, '')", Tuple.of(CHANNEL))
        .onTermination()
        .invoke(
            () -> {
              if (untold.addAndGet(-before) > 0) {
                tell();
              }
            })
        .subscribe()
        .with(told -> {}, failure -> LOG.debugf(failure, "Other processes were not woken"));
  }
}
