package dev.polycert.store.embedded;

import dev.polycert.order.OrderBook;
import dev.polycert.store.Portable;
import dev.polycert.store.StoreConfig;
import dev.polycert.vault.VaultStore;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

/** An embedded order book for tests of what stands on it. */
public final class TestOrderBook implements AutoCloseable {
  private final StoreConfig config;
  private final EmbeddedFile file;
  private final EmbeddedOrderBook book;
  private boolean killed;

  private TestOrderBook(StoreConfig config) {
    this.config = config;
    this.file = new EmbeddedFile(new Random(), config);
    this.book = new EmbeddedOrderBook(file);
  }

  public static TestOrderBook open(Path file) {
    return new TestOrderBook(TestStoreConfig.at(file));
  }

  /** One that waits for the disk, as in production. */
  public static TestOrderBook durable(Path file) {
    return new TestOrderBook(new TestStoreConfig("embedded", file, true, Optional.empty()));
  }

  public OrderBook book() {
    return book;
  }

  /** The vault in the same file. */
  public VaultStore vault() {
    return new EmbeddedVault(file);
  }

  /** The whole of the file. */
  public Portable portable() {
    return new EmbeddedPortable(file, config);
  }

  /** Lets the file go as a process does that is killed: nothing that waits is written any more. */
  public void kill() {
    if (killed) {
      return;
    }
    killed = true;
    try {
      Field open = GroupCommit.class.getDeclaredField("file");
      open.setAccessible(true);
      ((OrderFile) open.get(file.session().commits())).abandon();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    book.close();
  }

  @Override
  public void close() {
    book.close();
  }
}
