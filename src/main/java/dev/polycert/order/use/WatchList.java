package dev.polycert.order.use;

import dev.polycert.domain.ServedHost;
import dev.polycert.order.OrderBook;
import dev.polycert.order.ServedConfig;
import dev.polycert.order.step.Lookout;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Looks at the hosts of the configuration, by one process of all that share the book. */
@ApplicationScoped
class WatchList {
  private static final String WORK = "served-watch";

  private final OrderBook book;
  private final Lookout lookout;
  private final ServedConfig config;
  private final Clock clock;

  /** When this process asks the book again whether it is its turn. */
  private volatile Instant next = Instant.MIN;

  WatchList(OrderBook book, Lookout lookout, ServedConfig config, Clock clock) {
    this.book = book;
    this.lookout = lookout;
    this.config = config;
    this.clock = clock;
  }

  /** Looks at all of them, if it is time to. */
  Uni<Void> due(Instant deadline) {
    List<ServedHost> hosts = config.watch().orElse(List.of());
    Instant now = clock.instant();
    if (hosts.isEmpty() || !config.every().isPositive() || now.isBefore(next)) {
      return Uni.createFrom().voidItem();
    }
    Instant until = now.plus(config.every());
    return book.turn(WORK, now, until)
        .invoke(answered -> next = until)
        .flatMap(ours -> ours ? look(hosts, deadline) : Uni.createFrom().voidItem());
  }

  private Uni<Void> look(List<ServedHost> hosts, Instant deadline) {
    return Uni.join()
        .all(hosts.stream().map(host -> lookout.watch(host, clock.instant(), deadline)).toList())
        .andFailFast()
        .replaceWithVoid();
  }
}
