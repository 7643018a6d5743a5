package dev.polycert.rate;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * Token buckets that all instances share.
 *
 * <p>A key has one line of slots, which never come closer to each other than the limit allows. An
 * instance takes the next few slots for its waiting callers, a fraction of a second's worth, with
 * one atomic update, and grants each caller its token at the time of its slot. Because all
 * instances take from the end of the line, they get their turns one after the other, and none is
 * starved. Because slots are times and not counts, nothing has to be given back, and an instance
 * that dies costs only the few slots that it had.
 *
 * <p>When the table cannot be reached, callers get that failure: without it no instance knows
 * whether a call is within the limit. A token for which a cancelled caller waited is lost.
 */
@ApplicationScoped
@Identifier("dynamodb")
public class SharedTokenBucket implements TokenBucket {
  private final Slots table;
  private final Sleeper sleeper;
  private final SharedTime time;

  /** By key; also the lock of all lanes, which is held for microseconds. */
  private final Map<String, SharedLane> lanes = new HashMap<>();

  @Inject
  SharedTokenBucket(DynamoDbAsyncClient client, RateConfig config, Clock clock) {
    this(new DynamoSlots(client, config.table()), clock, Sleeper.real());
  }

  SharedTokenBucket(Slots table, Clock clock, Sleeper sleeper) {
    this.table = table;
    this.sleeper = sleeper;
    time = new SharedTime(clock);
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
            emitter -> {
              var waiter =
                  new SharedLane.Waiter(
                      perSecond, deadline, urgency, emitter::complete, emitter::fail);
              run(key, (lane, now) -> lane.enter(waiter, now));
            });
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
    run(
        key,
        (lane, now) -> {
          lane.refused(now);
          return List.of();
        });
  }

  /**
   * Applies an event to a lane; then gives the answers, sets the timer and asks for the slots that
   * follow from it.
   */
  private void run(String key, BiFunction<SharedLane, Instant, List<Runnable>> event) {
    List<Runnable> answers;
    Optional<Slots.Wish> wish;
    synchronized (lanes) {
      Instant before = time.now();
      lanes.values().removeIf(lane -> lane.idle(before));
      SharedLane lane = lanes.computeIfAbsent(key, added -> new SharedLane(added, time));
      answers = new ArrayList<>(event.apply(lane, before));
      // The event may have put the time forward.
      Instant now = time.now();
      answers.addAll(lane.advance(now));
      wish = lane.wish(now);
      lane.pause(now).ifPresent(pause -> sleeper.after(pause, () -> wake(key)));
    }
    answers.forEach(Runnable::run);
    wish.ifPresent(this::ask);
  }

  private void wake(String key) {
    run(
        key,
        (lane, now) -> {
          lane.woken();
          return List.of();
        });
  }

  private void ask(Slots.Wish wish) {
    table
        .take(wish)
        .subscribe()
        .with(
            answer ->
                run(
                    wish.key(),
                    (lane, now) -> {
                      lane.answered(wish, answer);
                      return List.of();
                    }),
            failure -> run(wish.key(), (lane, now) -> lane.failed(failure)));
  }

  /** How many lanes are kept. */
  int size() {
    synchronized (lanes) {
      return lanes.size();
    }
  }
}
