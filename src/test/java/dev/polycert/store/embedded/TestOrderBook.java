package dev.polycert.store.embedded;

import dev.polycert.order.OrderBook;
import java.nio.file.Path;

/** An embedded order book for tests of what stands on it. */
public final class TestOrderBook implements AutoCloseable {
  private final EmbeddedOrderBook book;

  private TestOrderBook(EmbeddedOrderBook book) {
    this.book = book;
  }

  public static TestOrderBook open(Path file) {
    return new TestOrderBook(new EmbeddedOrderBook(new EmbeddedFile(TestStoreConfig.at(file))));
  }

  public OrderBook book() {
    return book;
  }

  @Override
  public void close() {
    book.close();
  }
}
