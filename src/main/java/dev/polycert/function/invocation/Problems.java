package dev.polycert.function.invocation;

import dev.polycert.domain.StoreException;
import dev.polycert.function.read.Forbidden;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.log.Incidents;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderException;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Converts a failure into the problem that is reported to the caller; logs unexpected ones. */
@ApplicationScoped
public class Problems {
  private static final Logger LOG = Logger.getLogger(Problems.class);

  private final Incidents incidents;

  Problems(Incidents incidents) {
    this.incidents = incidents;
  }

  /** The problem of a failure; an unexpected failure is logged under a new incident id. */
  public Problem of(Throwable failure) {
    return switch (failure) {
      case InvalidInput invalid -> Problem.of(400, message(invalid), invalid.errors());
      case Forbidden forbidden -> Problem.of(403, message(forbidden), forbidden.errors());
      case OrderException.Unknown unknown -> Problem.of(404, message(unknown));
      case OrderException.Conflict conflict -> Problem.of(409, message(conflict));
      case Runner.OverdueException overdue -> Problem.of(504, message(overdue));
      case OrderBook.StaleOrderException stale ->
          Problem.of(503, "Others are at work on the order just now: ask again.");
      case StoreException store -> {
        LOG.error(message(store));
        yield Problem.of(503, message(store));
      }
      default -> Problem.incident(incidents.log(failure));
    };
  }

  private static String message(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }
}
