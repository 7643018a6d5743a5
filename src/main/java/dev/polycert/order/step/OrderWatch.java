package dev.polycert.order.step;

import dev.polycert.metric.Metrics;
import dev.polycert.order.Notice;
import dev.polycert.order.Notices;
import dev.polycert.order.Order;
import dev.polycert.order.Transition;
import dev.polycert.order.TransitionFeed;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reports the progress of orders: to operators by metrics and the log, to people by notices, and to
 * listeners by each transition.
 */
@ApplicationScoped
class OrderWatch {
  private static final Logger LOG = Logger.getLogger(Transition.class);

  private final Metrics metrics;
  private final Notices notices;
  private final TransitionFeed feed;

  OrderWatch(Metrics metrics, Notices notices, TransitionFeed feed) {
    this.metrics = metrics;
    this.notices = notices;
    this.feed = feed;
  }

  /** A new order is on record. */
  void claimed(Order order, String why) {
    Transition claimed = Transition.of(null, order, why, null);
    entered(claimed);
    feed.happened(claimed);
  }

  /** A step with an order is on record; the log and the metrics have changes of the state only. */
  void recorded(Order before, Order now, String why, @Nullable String requestId) {
    Transition recorded = Transition.of(before.state(), now, why, requestId);
    if (before.state() != now.state()) {
      entered(recorded);
    }
    feed.happened(recorded);
  }

  /** Notifies people of an order's last transition, if they must know of it. */
  void announce(Order moved) {
    Notice.of(moved).forEach(this::send);
  }

  /** Notifies people. */
  void send(Notice notice) {
    metrics.noticed(notice.type());
    notices.send(notice);
  }

  private void entered(Transition transition) {
    metrics.entered(transition.provider(), transition.to().name());
    // As a parameter, so that a formatter has its parts.
    LOG.infof("%s", transition);
  }
}
