package dev.polycert.sandbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What goes wrong on purpose: faults that wait for the next calls of an operation. */
@ApplicationScoped
class Faults {
  private static final Duration SLOW = Duration.ofSeconds(15);
  private final RandomGenerator random;
  private final List<Fault> waiting = new ArrayList<>();

  Faults(RandomGenerator random) {
    this.random = random;
  }

  /** What can go wrong. */
  enum Kind {
    /** Refused as over the rate. */
    THROTTLE,
    /** The vendor's own internal error; nothing was done. */
    INTERNAL,
    /** The connection closes and nothing was done. */
    RESET_BEFORE,
    /** It was done, and the connection closes without an answer. */
    RESET_AFTER,
    /** It was done, and the answer comes late. */
    SLOW,
    /** It was done, and the answer is cut in half. */
    MALFORMED
  }

  /**
   * @param provider empty for all
   * @param operation {@code *} for all
   * @param times how many calls it still hits
   * @param rate the share of matching calls that it hits, 0 to 1
   * @param delay how late a slow answer is
   */
  record Fault(
      Optional<String> provider,
      String operation,
      Kind kind,
      int times,
      double rate,
      Duration delay) {

    /** Reads {@code {operation, kind, times, provider, rate, delay}}. */
    static Fault of(ControlBody body) {
      return new Fault(
          body.optionalText("provider"),
          body.optionalText("operation").orElse("*"),
          kind(body.text("kind")),
          times(body),
          body.number("rate").orElse(1.0),
          body.duration("delay").orElse(SLOW));
    }

    private static int times(ControlBody body) {
      int times = body.number("times").orElse(1.0).intValue();
      if (times < 1) {
        throw new ControlException(400, "times", "must be at least 1");
      }
      return times;
    }

    private static Kind kind(String name) {
      for (Kind kind : Kind.values()) {
        if (kind.name().equals(name)) {
          return kind;
        }
      }
      throw new ControlException(
          400, "kind", "must be one of " + List.of(Kind.values()) + ", not " + name);
    }

    boolean matches(String asked, String askedOperation) {
      return provider.map(asked::equals).orElse(true)
          && (operation.equals("*") || operation.equals(askedOperation));
    }

    Fault once() {
      return new Fault(provider, operation, kind, times - 1, rate, delay);
    }
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
