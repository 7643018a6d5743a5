package dev.polycert.store.embedded;

import dev.polycert.order.OrderBook;
import dev.polycert.store.StoreConfig;
import java.nio.file.Path;

/** An embedded order book for tests of what stands on it. */
public final class TestOrderBook implements AutoCloseable {
  private final EmbeddedOrderBook book;

  private TestOrderBook(EmbeddedOrderBook book) {
    this.book = book;
  }

  public static TestOrderBook open(Path file) {
    return new TestOrderBook(
        new EmbeddedOrderBook(
            new StoreConfig() {
              @Override
              public String kind() {
                return "embedded";
              }

              @Override
              public Path path() {
                return file;
              }

              @Override
              public boolean sync() {
                return false;
              }
            }));
  }

  public OrderBook book() {
    return book;
  }

  @Override
  public void close() {
    book.close();
  }
}
