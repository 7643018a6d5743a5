package dev.polycert.store.postgresql;

import dev.polycert.order.OrderBook;
import dev.polycert.postgresql.Database;
import dev.polycert.store.Portable;
import dev.polycert.store.StoreConfig;
import dev.polycert.store.embedded.TestStoreConfig;
import dev.polycert.vault.VaultStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/** The order book and the vault in a database. */
public final class TestPostgresqlStore {
  private TestPostgresqlStore() {}

  public static OrderBook book(Database database) {
    return book(database, Optional.empty());
  }

  static OrderBook book(Database database, Optional<Duration> history) {
    return new PostgresqlOrderBook(database, config(history), new SecureRandom());
  }

  private static StoreConfig config(Optional<Duration> history) {
    return new TestStoreConfig("postgresql", Path.of("unused"), true, history);
  }

  /** The whole of it. */
  public static Portable portable(Database database) {
    return new PostgresqlPortable(database, config(Optional.empty()));
  }

  public static VaultStore vault(Database database) {
    return new PostgresqlVault(database);
  }
}
