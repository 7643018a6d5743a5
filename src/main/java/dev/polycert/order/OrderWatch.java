package dev.polycert.order;

import dev.polycert.metric.Metrics;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tells operators and people what becomes of orders: metrics, the log and notices. */
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

  /** A step with an order is on record; of interest here when it changed the state. */
  void recorded(Order before, Order now, String why, @Nullable String requestId) {
    if (before.state() != now.state()) {
      entered(before.state(), now, why, requestId);
    }
  }

  /** Tells people of an order's last transition, if they must know of it. */
  void tell(Order moved) {
    Optional<Notice> notice = Notice.of(moved);
    notice.ifPresent(
        told -> {
          metrics.noticed(told.type());
          notices.tell(told);
        });
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
    // As a parameter, so that a formatter can tell its parts.
    LOG.infof("%s", transition);
  }
}
