package dev.polycert.order.step;

import dev.polycert.dns.Zones;
import dev.polycert.domain.ValidationLook;
import dev.polycert.metric.Metrics;
import dev.polycert.order.Catalog;
import dev.polycert.order.Notices;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderConfig;
import dev.polycert.provider.Outlook;
import java.time.Clock;

/** What takes steps, put together as CDI does. */
public final class StepParts {
  public final Generations generations;
  public final Steps steps;
  public final Renewer renewer;

  public StepParts(
      Catalog catalog,
      Outlook outlook,
      OrderBook book,
      Zones zones,
      ValidationLook look,
      OrderConfig config,
      Metrics metrics,
      Notices notices,
      Clock clock) {
    Pace pace = new Pace(config);
    OrderWatch watch = new OrderWatch(metrics, notices);
    generations = new Generations(catalog, book, zones, pace, watch, clock);
    steps =
        new Steps(
            catalog,
            outlook,
            book,
            pace,
            new Publisher(book, zones, look, config),
            new Courier(catalog, book, generations),
            watch,
            clock);
    renewer = new Renewer(book, generations, steps);
  }
}
