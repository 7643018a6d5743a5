package dev.polycert.sandbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * A strict limit of calls: within any window of one second no more than the rate. Refused calls do
 * not count.
 */
@ApplicationScoped
class SlidingWindow {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private final Map<String, Deque<Instant>> granted = new HashMap<>();

  /**
   * Takes one call out of the limit.
   *
   * @param perSecond below 1, one call is allowed in {@code 1 / perSecond} seconds
   * @return false when the limit is used up
   */
  synchronized boolean permit(String key, double perSecond, Instant at) {
    if (perSecond <= 0) {
      return false;
    }
    Duration window = perSecond >= 1 ? SECOND : Duration.ofNanos((long) (1e9 / perSecond));
    Deque<Instant> calls = granted.computeIfAbsent(key, fresh -> new ArrayDeque<>());
    while (!calls.isEmpty() && !calls.peekFirst().plus(window).isAfter(at)) {
      calls.removeFirst();
    }
    if (calls.size() >= Math.max(1, (int) perSecond)) {
      return false;
    }
    calls.addLast(at);
    return true;
  }

  synchronized void reset() {
    granted.clear();
  }
}
