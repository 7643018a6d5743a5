package dev.polycert.order.use;

import dev.polycert.order.OrderBook;
import java.time.Clock;

/** Makes the use cases that look at many orders, for tests of other packages. */
public final class Reports {

  private Reports() {}

  public static Summarize summarize(OrderBook book, Clock clock) {
    return new Summarize(book, clock);
  }

  public static ListSorted sorted(OrderBook book, Clock clock) {
    return new ListSorted(book, clock);
  }
}
