package dev.polycert.rate;

import dev.polycert.call.Answer;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The table of the slots in memory; it answers a while after it has done something. */
final class FakeSlots implements Slots {
  private record Item(Instant next, Instant at) {}

  private final Map<String, Item> items = new HashMap<>();
  private final Sleeper sleeper;
  private final Supplier<Duration> latency;
  private boolean broken;
  private int taken;

  FakeSlots(Sleeper sleeper, Supplier<Duration> latency) {
    this.sleeper = sleeper;
    this.latency = latency;
  }

  @Override
  public Uni<Answer> take(Wish wish) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              if (broken) {
                emitter.fail(new IllegalStateException("the table cannot be reached"));
                return;
              }
              Answer answer = decide(wish);
              sleeper.after(latency.get(), () -> emitter.complete(answer));
            });
  }

  private Answer decide(Wish wish) {
    Item before = items.getOrDefault(wish.key(), new Item(Instant.MIN, Instant.MIN));
    if (before.next.isAfter(wish.latest())) {
      return new Answer(false, before.next, before.at);
    }
    Instant first = before.next.isAfter(wish.earliest()) ? before.next : wish.earliest();
    items.put(wish.key(), new Item(first.plus(wish.span()), wish.now()));
    taken += wish.count();
    return new Answer(true, first, before.at);
  }

  void breakDown() {
    broken = true;
  }

  /** How many slots were given away. */
  int taken() {
    return taken;
  }
}
