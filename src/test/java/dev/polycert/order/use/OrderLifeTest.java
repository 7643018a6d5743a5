package dev.polycert.order.use;

import dev.polycert.order.Cancellation;
import dev.polycert.whole.bench.Targets;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.statistics.Statistics;

/** The law, whatever happens in whatever order: duplicates, races, lost answers, kills, time. */
class OrderLifeTest {
  private static final AtomicLong LIVES = new AtomicLong();

  @AfterContainer
  static void tell() throws IOException {
    Targets.add("OrderLifeTest", "random lives that kept the law", LIVES.get(), "");
  }

  @Property(seed = "4071")
  void theLawHolds(@ForAll("lives") List<Move.Then> moves) {
    try (LifeModel model = new LifeModel()) {
      moves.forEach(model::live);
      model.historiesAreWhole();
      LIVES.incrementAndGet();
      Statistics.label("applications").collect(Math.min(model.applications(), 8));
    }
  }

  /** Shrunk from a life of seed 4071. */
  @Example
  void anOrderThatMeetsNothingButFaultsEndsByName() {
    live(
        new Move.Then(new Move.ApplyLate(5), List.of()),
        new Move.Then(new Move.Pass(Duration.ofHours(72)), List.of()),
        new Move.Then(new Move.Sweep(), List.of(Weather.FAULT)));
  }

  @Example
  void anOrderThatIsAlwaysThrottledEndsInTime() {
    List<Weather> throttled = List.of(Weather.FAIR, Weather.THROTTLED);
    Move.Then pass = new Move.Then(new Move.Pass(Duration.ofHours(50)), List.of());
    Move.Then sweep = new Move.Then(new Move.Sweep(), throttled);
    live(
        new Move.Then(new Move.Apply(List.of(5), false, false), throttled),
        pass,
        sweep,
        pass,
        sweep,
        pass,
        sweep);
  }

  /** Shrunk from a life of seed 4071. */
  @Example
  void theHistoryIsInOrderWhenTheClockIsPutBack() {
    live(
        new Move.Then(new Move.ApplyLate(0), List.of()),
        new Move.Then(new Move.Back(Duration.ofMinutes(1)), List.of()),
        new Move.Then(new Move.Submit(0), List.of()));
  }

  @Example
  void anOrderThatWasSentAfterTheClockWasPutBackIsNotTakenForTheOneBefore() {
    live(
        new Move.Then(new Move.Apply(List.of(5), true, false), List.of()),
        new Move.Then(new Move.Pass(Duration.ofSeconds(10)), List.of()),
        new Move.Then(new Move.End(Cancellation.Kind.CANCEL, 0), List.of()),
        new Move.Then(new Move.Back(Duration.ofHours(1)), List.of()),
        new Move.Then(
            new Move.Apply(List.of(5), true, false), List.of(Weather.FAIR, Weather.LOST)));
  }

  private static void live(Move.Then... moves) {
    try (LifeModel model = new LifeModel()) {
      List.of(moves).forEach(model::live);
      model.historiesAreWhole();
    }
  }

  @Provide
  Arbitrary<List<Move.Then>> lives() {
    return Move.lives();
  }
}
