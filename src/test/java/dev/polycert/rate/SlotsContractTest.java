package dev.polycert.rate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.rate.Slots.Answer;
import dev.polycert.rate.Slots.Wish;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@link Slots} promise; every kind of them extends this. */
abstract class SlotsContractTest {
  private static final Instant T0 = Instant.parse("2026-11-21T10:00:00.000000001Z");
  private static final Duration SPACING = Duration.ofNanos(102_500_001);

  /** The slots that one process has, of keys that no other class takes. */
  abstract Slots slots();

  private static Wish wish(String key, int count, Instant earliest, boolean busy) {
    Instant latest = earliest.plusSeconds(10);
    return new Wish(key, count, SPACING, earliest.minusMillis(25), earliest, latest, busy);
  }

  private Answer take(Wish wish) {
    return slots().take(wish).await().atMost(Duration.ofSeconds(30));
  }

  @Test
  void slotsFollowEachOtherWhateverIsTriedFirst() {
    for (boolean busy : new boolean[] {true, false}) {
      String key = "follow-" + busy;

      assertThat(take(wish(key, 2, T0, busy))).isEqualTo(new Answer(true, T0, Instant.MIN));
      assertThat(take(wish(key, 1, T0.plusMillis(5), busy)))
          .isEqualTo(new Answer(true, T0.plus(SPACING.multipliedBy(2)), T0.minusMillis(25)));
      assertThat(take(wish(key, 1, T0.plusSeconds(9), busy)))
          .isEqualTo(new Answer(true, T0.plusSeconds(9), T0.minusMillis(20)));
    }
  }

  @Test
  void whatWouldComeTooLateIsNotTaken() {
    for (boolean busy : new boolean[] {true, false}) {
      String key = "late-" + busy;
      Instant next = T0.plus(SPACING.multipliedBy(200));
      take(wish(key, 200, T0, busy));

      Answer refused = new Answer(false, next, T0.minusMillis(25));
      assertThat(take(wish(key, 1, T0, busy))).isEqualTo(refused);
      assertThat(take(wish(key, 1, T0, busy))).isEqualTo(refused);
      assertThat(take(wish(key, 1, next.minusSeconds(9), busy)).first()).isEqualTo(next);
    }
  }

  @Test
  void whoeverTakesAtTheSameTimeGetsOtherSlots() {
    Slots slots = slots();
    List<Uni<Answer>> calls =
        IntStream.range(0, 64)
            .mapToObj(i -> slots.take(wish("race", 1, T0.plusMillis(i % 3), i % 2 == 0)))
            .toList();

    List<Answer> answers =
        Uni.join().all(calls).andFailFast().await().atMost(Duration.ofSeconds(30));

    List<Instant> first = answers.stream().map(Answer::first).sorted().toList();
    for (int i = 1; i < first.size(); i++) {
      assertThat(Duration.between(first.get(i - 1), first.get(i))).isGreaterThanOrEqualTo(SPACING);
    }
  }

  @Test
  void sixteenInstancesShareOneLimit() {
    VirtualTime time = new VirtualTime();
    Instant start = time.instant();
    Slots real = slots();
    Slots slots = wish -> Uni.createFrom().item(() -> real.take(wish).await().indefinitely());
    List<Instant> grants = new ArrayList<>();
    int[] perInstance = new int[16];
    for (int i = 0; i < 16; i++) {
      int instance = i;
      SharedTokenBucket bucket = new SharedTokenBucket(slots, time, time);
      for (int call = 0; call < 100; call++) {
        bucket
            .take("shared", 10, start.plusSeconds(60))
            .subscribe()
            .with(
                later -> {
                  if (later.isEmpty()) {
                    grants.add(time.instant());
                    perInstance[instance]++;
                  }
                });
      }
    }
    time.pass(Duration.ofMinutes(2));

    assertThat(grants).hasSizeBetween(570, 600);
    for (int i = 10; i < grants.size(); i++) {
      assertThat(Duration.between(grants.get(i - 10), grants.get(i)))
          .isGreaterThan(Duration.ofSeconds(1));
    }
    for (int count : perInstance) {
      assertThat(count).isBetween(30, 45);
    }
  }
}
