package dev.polycert.sandbox;

import dev.polycert.sandbox.VendorEmulator.Reply;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The faults that wait for the next calls of an operation. */
@ApplicationScoped
class Faults {
  private final RandomGenerator random;
  private final List<Fault> waiting = new ArrayList<>();

  /** How often each operation was called about each subject, counted while there are faults. */
  private final Map<String, Integer> numbers = new HashMap<>();

  /** The answers that stale ones may come from, kept while there are such faults. */
  private final StaleAnswers staleAnswers = new StaleAnswers();

  Faults(RandomGenerator random) {
    this.random = random;
  }

  /** Whether any fault waits. */
  synchronized boolean waiting() {
    return !waiting.isEmpty();
  }

  synchronized void add(Fault fault) {
    waiting.add(fault);
  }

  /**
   * Finds the fault that hits this call, and counts it as spent.
   *
   * @param subject what the call is about
   */
  synchronized Optional<Fault> take(
      String provider, String operation, String subject, Instant now) {
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    int number = numbers.merge(provider + " " + operation + " " + subject, 1, Integer::sum);
    var call = new FaultPlan.Call(provider, operation, subject, number, now);
    for (int i = 0; i < waiting.size(); i++) {
      Fault fault = waiting.get(i);
      if (fault.matches(provider, operation) && fault.plan().covers(call) && hits(fault, call)) {
        spend(i, fault);
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  private boolean hits(Fault fault, FaultPlan.Call call) {
    return fault.plan().draw(call, fault.kind()).orElseGet(random::nextDouble) < fault.rate();
  }

  private void spend(int index, Fault fault) {
    if (fault.times() > 1) {
      waiting.set(index, fault.once());
    } else {
      waiting.remove(index);
    }
  }

  /**
   * The answer that a call gets: an earlier one if a stale-answer fault hit it.
   *
   * @param now the sandbox's time
   */
  synchronized Reply recall(
      Optional<Fault> hit,
      String provider,
      String operation,
      String subject,
      Instant now,
      Reply reply) {
    Optional<Fault> stale =
        Stream.concat(hit.stream(), waiting.stream())
            .filter(fault -> fault.kind() == Fault.Kind.STALE)
            .filter(fault -> fault.matches(provider, operation) && fault.plan().about(subject))
            .findFirst();
    if (stale.isEmpty()) {
      return reply;
    }
    String question = provider + " " + operation + " " + subject;
    staleAnswers.keep(question, now, reply, stale.get().age());
    return hit.equals(stale) ? staleAnswers.oldest(question).orElse(reply) : reply;
  }

  synchronized void reset() {
    waiting.clear();
    numbers.clear();
    staleAnswers.clear();
  }
}
