package dev.polycert.store;

import dev.polycert.order.OrderBook;
import dev.polycert.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.List;

/** Rejects a kind of order books that there is not, before one is needed. */
@ApplicationScoped
class StoreSettings implements StartupCheck {
  private final StoreConfig config;
  private final Instance<OrderBook> kinds;

  StoreSettings(StoreConfig config, @Any Instance<OrderBook> kinds) {
    this.config = config;
    this.kinds = kinds;
  }

  @Override
  public List<String> wrong() {
    return StartupCheck.of(() -> OrderBooks.chosen(config, kinds));
  }
}
