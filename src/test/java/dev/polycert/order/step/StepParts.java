package dev.polycert.order.step;

import dev.polycert.dns.Zones;
import dev.polycert.domain.ServedLook;
import dev.polycert.domain.ValidationLook;
import dev.polycert.metric.Metrics;
import dev.polycert.order.Catalog;
import dev.polycert.order.Notices;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderConfig;
import dev.polycert.order.ServedConfig;
import dev.polycert.order.TransitionFeed;
import dev.polycert.provider.Outlook;
import java.time.Clock;
import java.time.Duration;

/** What takes steps, put together as CDI does. */
public final class StepParts {
  public final Generations generations;
  public final Delegations delegations;
  public final Steps steps;
  public final Renewer renewer;
  public final Lookout lookout;
  public final ClientPublisher clients;

  public StepParts(
      Catalog catalog,
      Outlook outlook,
      OrderBook book,
      Zones zones,
      ValidationLook look,
      OrderConfig config,
      ServedLook servedLook,
      ServedConfig served,
      Metrics metrics,
      Notices notices,
      Clock clock) {
    Pace pace = new Pace(config);
    OrderWatch watch = new OrderWatch(metrics, notices, new TransitionFeed());
    lookout = new Lookout(servedLook, served, metrics, watch, Duration.ofMillis(1));
    generations = new Generations(catalog, book, zones, pace, watch, clock);
    Publisher publisher = new Publisher(book, zones, look, config);
    steps =
        new Steps(
            catalog,
            outlook,
            book,
            pace,
            publisher,
            new Courier(catalog, book, generations, lookout),
            lookout,
            watch,
            clock);
    clients = new ClientPublisher(book, publisher, steps, clock);
    delegations = new Delegations(zones, config, clock);
    renewer = new Renewer(book, generations, steps, delegations);
  }
}
