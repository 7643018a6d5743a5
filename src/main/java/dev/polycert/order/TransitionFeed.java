package dev.polycert.order;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Reports the transitions that this process records to listeners, while they happen. */
@ApplicationScoped
public class TransitionFeed {
  private static final Logger LOG = Logger.getLogger(TransitionFeed.class);

  private final List<Consumer<Transition>> listeners = new CopyOnWriteArrayList<>();

  /**
   * Adds a listener, which gets every transition from now on.
   *
   * @param listener is called by the thread that recorded it, so it must return at once
   */
  public void listen(Consumer<Transition> listener) {
    listeners.add(listener);
  }

  /** A transition is on record, and stays so whatever becomes of its reports. */
  public void happened(Transition recorded) {
    listeners.forEach(listener -> report(recorded, listener));
  }

  private static void report(Transition recorded, Consumer<Transition> listener) {
    try {
      listener.accept(recorded);
    } catch (RuntimeException bug) {
      LOG.errorf(bug, "A transition of %s could not be reported", recorded.order());
    }
  }
}
