package dev.polycert.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.rate.Urgency;
import dev.polycert.testing.MovedClock;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SharedReadingsTest {
  private static final Instant START = Instant.parse("2026-11-29T12:00:00Z");
  private static final CallContext BULK = new CallContext(START.plusSeconds(20), "a", Urgency.BULK);
  private static final CallContext SMALL = new CallContext(START.plusSeconds(20), "b");

  private final MovedClock clock = new MovedClock(START);
  private final SharedReadings<String, Integer> readings =
      new SharedReadings<>(clock, Duration.ofSeconds(3));
  private int calls;

  private Uni<Answer<Integer>> call() {
    return Uni.createFrom().item(() -> Answer.of(++calls));
  }

  private Answer<Integer> get(CallContext context) {
    return readings.get("sites", context, this::call).await().indefinitely();
  }

  @Test
  void theOrdersOfABulkShareAYoungReading() {
    assertThat(get(BULK)).isEqualTo(Answer.of(1));
    clock.now = START.plusMillis(2999);
    assertThat(get(BULK)).isEqualTo(Answer.of(1));

    clock.now = START.plusSeconds(3);
    assertThat(get(BULK)).isEqualTo(Answer.of(2));
  }

  @Test
  void aSingleOrderReadsByItself() {
    get(BULK);

    assertThat(get(SMALL)).isEqualTo(Answer.of(2));
    assertThat(get(BULK)).as("the younger one").isEqualTo(Answer.of(2));
    assertThat(readings.recent("sites", SMALL).await().indefinitely()).isEmpty();
    assertThat(readings.recent("sites", BULK).await().indefinitely()).contains(2);
  }

  @Test
  void oneThatIsUnderWayIsShared() {
    CompletableFuture<Answer<Integer>> answer = new CompletableFuture<>();
    var first =
        readings
            .get("sites", BULK, () -> Uni.createFrom().completionStage(answer))
            .subscribeAsCompletionStage();
    var second = readings.get("sites", BULK, this::call).subscribeAsCompletionStage();

    answer.complete(Answer.of(7));
    assertThat(first.join()).isEqualTo(Answer.of(7));
    assertThat(second.join()).isEqualTo(Answer.of(7));
    assertThat(calls).isZero();
  }

  @Test
  void theFailureOfOneIsNotThatOfAll() {
    Answer<Integer> failed = new Answer.Failed<>(new Failure.Deferred(START, "no time"));
    assertThat(readings.get("sites", BULK, () -> failed.now()).await().indefinitely())
        .isEqualTo(failed);

    assertThat(get(BULK)).isEqualTo(Answer.of(1));
    assertThat(readings.recent("sites", BULK).await().indefinitely()).isEqualTo(Optional.empty());
  }
}
