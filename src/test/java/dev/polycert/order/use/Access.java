package dev.polycert.order.use;

import dev.polycert.order.OrderBook;
import java.security.SecureRandom;
import java.time.Clock;

/** Makes the use cases that decide over the access of callers, for tests of other packages. */
public final class Access {

  private Access() {}

  public static OwnOrders own(OrderBook book) {
    return new OwnOrders(book);
  }

  public static AccessKeys keys(OrderBook book) {
    return new AccessKeys(book, new SecureRandom(), Clock.systemUTC());
  }
}
