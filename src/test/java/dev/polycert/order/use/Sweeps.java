package dev.polycert.order.use;

import dev.polycert.domain.ServedHost;
import dev.polycert.function.invocation.Parts;
import dev.polycert.metric.Metrics;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.ServedConfig;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes sweeps for tests of other packages. */
public final class Sweeps {

  private Sweeps() {}

  private static final class NoHosts implements ServedConfig {
    @Override
    public Duration every() {
      return Duration.ZERO;
    }

    @Override
    public Optional<List<ServedHost>> watch() {
      return Optional.empty();
    }
  }

  /** A sweep on a book that answers what is due, which must be nothing, as a test says. */
  public static Renew of(Supplier<Uni<List<Order>>> due) {
    OrderBook book =
        (OrderBook)
            Proxy.newProxyInstance(
                Sweeps.class.getClassLoader(),
                new Class<?>[] {OrderBook.class},
                (proxy, method, arguments) -> due.get());
    Clock clock = Parts.CLOCK;
    Lanes lanes = new Lanes(null, null);
    FanOut fanOut = new FanOut(lanes, null, Metrics.NONE, clock);
    return new Renew(
        book, null, lanes, new WatchList(book, null, new NoHosts(), clock), fanOut, clock);
  }
}
