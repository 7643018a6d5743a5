package dev.polycert.call;

import dev.polycert.rate.Urgency;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Shares readings of an account that many orders need at the same time: one reading serves all
 * orders that ask within a short time after it began. Only orders of a bulk share; any other order
 * gets a reading of its own.
 *
 * @param <K> what is read
 */
public final class SharedReadings<K, T> {
  private final Clock clock;
  private final Duration age;
  private final Map<K, Reading<T>> recent = new ConcurrentHashMap<>();

  /**
   * Starts without readings.
   *
   * @param age how old a shared reading may be; orders may miss a change that is younger
   */
  public SharedReadings(Clock clock, Duration age) {
    this.clock = clock;
    this.age = age;
  }

  /** Whether a step belongs to a bulk and so shares readings. */
  public static boolean shares(CallContext context) {
    return context.urgency().compareTo(Urgency.BULK) >= 0;
  }

  private record Reading<T>(Instant begun, Uni<Answer<T>> answer) {}

  /**
   * Reads, or takes a reading that is young enough. An order that shares a failed one reads again.
   *
   * @param read the reading, from its first call on
   */
  public Uni<Answer<T>> get(K key, CallContext context, Supplier<Uni<Answer<T>>> read) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Instant now = clock.instant();
              recent.values().removeIf(reading -> !young(reading, now));
              Reading<T> own =
                  new Reading<>(now, Uni.createFrom().deferred(read::get).memoize().indefinitely());
              if (!shares(context)) {
                recent.put(key, own);
                return own.answer;
              }
              Reading<T> other = recent.putIfAbsent(key, own);
              return other == null
                  ? own.answer
                  : other.answer.flatMap(
                      answer -> answer instanceof Answer.Failed<T> ? read.get() : answer.now());
            });
  }

  private boolean young(Reading<T> reading, Instant now) {
    return reading.begun.plus(age).isAfter(now) && !reading.begun.isAfter(now);
  }

  /** The answer of a successful reading that is young enough, for another order of a bulk. */
  public Uni<Optional<T>> recent(K key, CallContext context) {
    Reading<T> reading = recent.get(key);
    return reading == null || !young(reading, clock.instant()) || !shares(context)
        ? Uni.createFrom().item(Optional.empty())
        : reading.answer.map(
            answer ->
                answer instanceof Answer.Success<T>(T value, var _)
                    ? Optional.of(value)
                    : Optional.empty());
  }
}
