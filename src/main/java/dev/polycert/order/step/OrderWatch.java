package dev.polycert.order.step;

import dev.polycert.metric.Metrics;
import dev.polycert.order.Notice;
import dev.polycert.order.Notices;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.Transition;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reports what becomes of orders: metrics and the log for operators, notices for people. */
@ApplicationScoped
class OrderWatch {
  private static final Logger LOG = Logger.getLogger(Transition.class);

  private final Metrics metrics;
  private final Notices notices;

  OrderWatch(Metrics metrics, Notices notices) {
    this.metrics = metrics;
    this.notices = notices;
  }

  /** A new order is on record. */
  void claimed(Order order, String why) {
    entered(null, order, why, null);
  }

  /** A step with an order is on record; only a change of state is reported. */
  void recorded(Order before, Order now, String why, @Nullable String requestId) {
    if (before.state() != now.state()) {
      entered(before.state(), now, why, requestId);
    }
  }

  /** Notifies people of an order's last transition, if they must know of it. */
  void announce(Order moved) {
    Notice.of(moved).ifPresent(this::send);
  }

  /** Notifies people. */
  void send(Notice notice) {
    metrics.noticed(notice.type());
    notices.send(notice);
  }

  private void entered(
      @Nullable OrderState from, Order order, String why, @Nullable String requestId) {
    metrics.entered(order.provider(), order.state().name());
    Transition transition =
        new Transition(
            order.id(),
            order.provider(),
            order.domain().ascii(),
            from,
            order.state(),
            why,
            requestId);
    // As a parameter, so that a formatter has its parts.
    LOG.infof("%s", transition);
  }
}
