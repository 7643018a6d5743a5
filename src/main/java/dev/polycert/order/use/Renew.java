package dev.polycert.order.use;

import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.step.Renewer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * The sweep behind {@code renew}: renewals, orders past a deadline, {@code UNCERTAIN} ones, and all
 * others whose next step has come; and looks at what hosts of the configuration serve. When there
 * are none it costs one query.
 */
@ApplicationScoped
public class Renew {
  private final OrderBook book;
  private final Renewer renewer;
  private final Lanes lanes;
  private final WatchList watchList;
  private final FanOut fanOut;
  private final Clock clock;

  Renew(
      OrderBook book,
      Renewer renewer,
      Lanes lanes,
      WatchList watchList,
      FanOut fanOut,
      Clock clock) {
    this.book = book;
    this.renewer = renewer;
    this.lanes = lanes;
    this.watchList = watchList;
    this.fanOut = fanOut;
    this.clock = clock;
  }

  /** Until when a sweep that starts now, with that deadline, begins steps. */
  public Instant lastBegin(Instant deadline) {
    return fanOut.lastBegin(deadline);
  }

  /**
   * Takes the next step of every order whose time has come before the sweep ends, each once.
   *
   * @return the orders afterwards, the longest overdue first; for one that is renewed now, the
   *     order that renews it
   */
  public Uni<List<Order>> due(Instant deadline) {
    return Uni.createFrom()
        .deferred(
            () ->
                Uni.combine()
                    .all()
                    .unis(
                        fanOut.timed(
                            new Sweep(
                                    book,
                                    renewer,
                                    lanes,
                                    fanOut,
                                    clock,
                                    lastBegin(deadline),
                                    deadline)
                                .run()),
                        watchList.due(deadline).map(done -> List.<Order>of()))
                    .with((swept, watched) -> swept));
  }
}
