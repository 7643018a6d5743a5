package dev.polycert.rate;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Token buckets of this process alone. A change of the limit counts from the next caller on. A
 * token for which a cancelled caller waited is lost.
 */
@ApplicationScoped
@Identifier("local")
public class LocalTokenBucket implements TokenBucket {
  private final Clock clock;
  private final Sleeper sleeper;

  /** By key; also the lock of all lanes, which is held for microseconds. */
  private final Map<String, Lane> lanes = new HashMap<>();

  @Inject
  LocalTokenBucket(Clock clock) {
    this(clock, Sleeper.real());
  }

  LocalTokenBucket(Clock clock, Sleeper sleeper) {
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException as the failure of the Uni, when the limit is not above 0
   */
  @Override
  public Uni<Optional<Instant>> take(
      String key, double perSecond, Instant deadline, Urgency urgency) {
    if (!(perSecond > 0)) {
      return Uni.createFrom()
          .failure(
              new IllegalArgumentException(
                  "perSecond of %s: %s; it must be above 0".formatted(key, perSecond)));
    }
    return Uni.createFrom()
        .emitter(
            emitter ->
                enter(key, new Lane.Waiter(perSecond, deadline, urgency, emitter::complete)));
  }

  @Override
  public int waiting(String prefix, Urgency least) {
    synchronized (lanes) {
      return lanes.entrySet().stream()
          .filter(lane -> lane.getKey().startsWith(prefix))
          .mapToInt(lane -> lane.getValue().waiting(least))
          .sum();
    }
  }

  @Override
  public void refused(String key) {
    synchronized (lanes) {
      lanes.computeIfAbsent(key, added -> new Lane()).refused(clock.instant());
    }
  }

  private void enter(String key, Lane.Waiter waiter) {
    List<Runnable> answers;
    synchronized (lanes) {
      Instant now = clock.instant();
      lanes.values().removeIf(lane -> lane.idle(now));
      Lane lane = lanes.computeIfAbsent(key, added -> new Lane());
      boolean timed = lane.pause(now).isPresent();
      answers = lane.enter(waiter, now);
      if (!timed) {
        wakeLater(lane, now);
      }
    }
    answers.forEach(Runnable::run);
  }

  /** A timer may fire early; then nothing is granted, and another one is set for the rest. */
  private void wake(Lane lane) {
    List<Runnable> answers;
    synchronized (lanes) {
      Instant now = clock.instant();
      answers = lane.advance(now);
      wakeLater(lane, now);
    }
    answers.forEach(Runnable::run);
  }

  private void wakeLater(Lane lane, Instant now) {
    lane.pause(now).ifPresent(pause -> sleeper.after(pause, () -> wake(lane)));
  }

  /** How many lanes are kept. */
  int size() {
    synchronized (lanes) {
      return lanes.size();
    }
  }
}
