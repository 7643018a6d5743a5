package dev.polycert.sandbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The faults that wait for the next calls of an operation. */
@ApplicationScoped
class Faults {
  private final RandomGenerator random;
  private final List<Fault> waiting = new ArrayList<>();

  Faults(RandomGenerator random) {
    this.random = random;
  }

  synchronized void add(Fault fault) {
    waiting.add(fault);
  }

  /** Takes the fault that hits this call, if one does. */
  synchronized Optional<Fault> take(String provider, String operation) {
    for (int i = 0; i < waiting.size(); i++) {
      Fault fault = waiting.get(i);
      if (fault.matches(provider, operation) && random.nextDouble() < fault.rate()) {
        spend(i, fault);
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  private void spend(int index, Fault fault) {
    if (fault.times() > 1) {
      waiting.set(index, fault.once());
    } else {
      waiting.remove(index);
    }
  }

  synchronized void reset() {
    waiting.clear();
  }
}
