package dev.polycert.order.use;

import dev.polycert.rate.Urgency;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/**
 * The work for one provider, under way and waiting. Urgent work goes first. Among equally urgent
 * work the sources, such as a request or a sweep, take turns, so that none waits for all the work
 * of another. Knows nothing of threads.
 */
final class Lane {
  /**
   * Steps that wait for a rate token, beyond which no other one begins: enough that no token is
   * lost, and few enough that none waits until its deadline.
   */
  private static final int MAX_WAITING = 20;

  /** One in so many steps may be a poll, however much else waits. */
  private static final int POLL_EVERY = 20;

  private final int capacity;
  private final ToIntFunction<Urgency> waitingForTokens;
  private final Map<Urgency, Map<Object, Deque<Work>>> waiting = new EnumMap<>(Urgency.class);
  private final Map<Urgency, Integer> running = new EnumMap<>(Urgency.class);
  private final AtomicInteger changes = new AtomicInteger();
  private int sincePoll;

  /**
   * @param capacity steps that may be under way at once
   * @param waitingForTokens how many calls to the provider, at least so urgent, wait for a rate
   *     token now
   */
  Lane(int capacity, ToIntFunction<Urgency> waitingForTokens) {
    this.capacity = capacity;
    this.waitingForTokens = waitingForTokens;
  }

  /**
   * A piece of work.
   *
   * @param source what gets turns
   * @param start begins it; {@link #ended} reports its end
   */
  record Work(Urgency urgency, Object source, Runnable start) {}

  void enter(Work work) {
    synchronized (this) {
      waiting(work.urgency).computeIfAbsent(work.source, source -> new ArrayDeque<>()).add(work);
    }
    begin();
  }

  void ended(Urgency urgency) {
    synchronized (this) {
      running.merge(urgency, -1, Integer::sum);
    }
    begin();
  }

  /**
   * Begins what has its turn. Work that ends at once comes back here from within itself: then the
   * loop of the first caller goes on, so that the stack does not grow.
   */
  private void begin() {
    if (changes.getAndIncrement() > 0) {
      return;
    }
    int seen = 1;
    do {
      for (Optional<Work> next = next(); next.isPresent(); next = next()) {
        next.get().start.run();
      }
      seen = changes.addAndGet(-seen);
    } while (seen > 0);
  }

  /** Begins all that waits of a source, whether or not there is room: its time is over. */
  void release(Object source) {
    List<Work> released = new ArrayList<>();
    synchronized (this) {
      for (Map<Object, Deque<Work>> bySource : waiting.values()) {
        released.addAll(Objects.requireNonNullElse(bySource.remove(source), new ArrayDeque<>()));
      }
      released.forEach(work -> running.merge(work.urgency, 1, Integer::sum));
    }
    released.forEach(work -> work.start.run());
  }

  /** How much work of a source waits. */
  synchronized int waiting(Object source) {
    return waiting.values().stream()
        .map(bySource -> bySource.get(source))
        .filter(Objects::nonNull)
        .mapToInt(Deque::size)
        .sum();
  }

  private Map<Object, Deque<Work>> waiting(Urgency urgency) {
    return waiting.computeIfAbsent(urgency, added -> new LinkedHashMap<>());
  }

  private synchronized Optional<Work> next() {
    if (sincePoll >= POLL_EVERY && room(Urgency.POLL)) {
      sincePoll = 0;
      Optional<Work> poll = take(Urgency.POLL);
      if (poll.isPresent()) {
        return poll;
      }
    }
    for (Urgency urgency : Urgency.values()) {
      if (!waiting(urgency).isEmpty()) {
        return room(urgency) ? take(urgency) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Bulk work under way does not delay work that a caller waits for. */
  private boolean room(Urgency urgency) {
    int before =
        running.entrySet().stream()
            .filter(entry -> entry.getKey().compareTo(urgency) <= 0)
            .mapToInt(Map.Entry::getValue)
            .sum();
    boolean pressing = urgency.compareTo(Urgency.BULK) < 0;
    return before == 0
        || (before < capacity && (pressing || waitingForTokens.applyAsInt(urgency) < MAX_WAITING));
  }

  private Optional<Work> take(Urgency urgency) {
    Map<Object, Deque<Work>> bySource = waiting(urgency);
    if (bySource.isEmpty()) {
      return Optional.empty();
    }
    Object source = bySource.keySet().iterator().next();
    Deque<Work> works = Objects.requireNonNull(bySource.remove(source));
    Work work = works.remove();
    if (!works.isEmpty()) {
      bySource.put(source, works);
    }
    running.merge(urgency, 1, Integer::sum);
    sincePoll = urgency == Urgency.POLL ? 0 : sincePoll + 1;
    return Optional.of(work);
  }
}
