package dev.polycert.order;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The transitions that this process records, for those that follow orders while they happen. */
@ApplicationScoped
public class TransitionFeed {
  private final List<Consumer<Transition>> listeners = new CopyOnWriteArrayList<>();

  /**
   * Has every transition from now on reported.
   *
   * @param listener is called by the thread that recorded it, so it must return at once
   */
  public void listen(Consumer<Transition> listener) {
    listeners.add(listener);
  }

  /** A transition is on record. */
  public void happened(Transition recorded) {
    listeners.forEach(listener -> listener.accept(recorded));
  }
}
