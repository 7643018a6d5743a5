package dev.polycert.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;

class LocalTokenBucketTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private VirtualTime time;
  private LocalTokenBucket bucket;
  private Instant start;
  private List<Grant> grants;
  private List<Instant> refusals;

  @BeforeTry
  void startAfresh() {
    time = new VirtualTime();
    bucket = new LocalTokenBucket(time, time);
    start = time.instant();
    grants = new ArrayList<>();
    refusals = new ArrayList<>();
  }

  private record Grant(String caller, Instant at) {}

  private Cancellable take(String caller, String key, double perSecond, Instant deadline) {
    return bucket
        .take(key, perSecond, deadline)
        .subscribe()
        .with(
            later ->
                later.ifPresentOrElse(
                    refusals::add, () -> grants.add(new Grant(caller, time.instant()))));
  }

  private void take(String caller, String key, double perSecond) {
    take(caller, key, perSecond, start.plus(HOUR));
  }

  private Grant grant(String caller, long millis) {
    return new Grant(caller, start.plusMillis(millis));
  }

  @Example
  void callersAreServedInTheirOrderEvenlySpaced() {
    for (String caller : List.of("a", "b", "c", "d")) {
      take(caller, "key", 10);
    }

    assertThat(grants).containsExactly(grant("a", 0));
    time.pass(HOUR);
    assertThat(grants)
        .containsExactly(grant("a", 0), grant("b", 120), grant("c", 240), grant("d", 360));
    assertThat(time.timers()).isZero();
  }

  @Example
  void theUrgentIsServedFirst() {
    for (Urgency urgency : List.of(Urgency.BULK, Urgency.POLL, Urgency.BULK, Urgency.EXPIRING)) {
      bucket
          .take("key", 10, start.plus(HOUR), urgency)
          .subscribe()
          .with(granted -> grants.add(new Grant(urgency.name(), time.instant())));
    }
    take("small", "key", 10);
    time.pass(HOUR);

    assertThat(grants)
        .extracting(Grant::caller)
        .containsExactly("BULK", "EXPIRING", "small", "BULK", "POLL");
    assertThat(bucket.waiting("ke", Urgency.POLL)).isZero();
  }

  @Example
  void whoIsOvertakenUntilItsDeadlineIsRefused() {
    take("first", "key", 10);
    bucket
        .take("key", 10, start.plusMillis(200), Urgency.POLL)
        .subscribe()
        .with(later -> later.ifPresent(refusals::add));
    for (int i = 0; i < 5; i++) {
      take("small", "key", 10);
    }
    assertThat(bucket.waiting("key", Urgency.POLL)).isEqualTo(6);
    assertThat(bucket.waiting("key", Urgency.BULK)).isEqualTo(5);
    time.pass(HOUR);

    assertThat(grants).hasSize(6);
    assertThat(refusals).hasSize(1);
  }

  @Example
  void anIdleKeyGivesATokenAtOnceButSavesNoneUp() {
    take("a", "key", 10);
    time.pass(Duration.ofSeconds(20));
    take("b", "key", 10);
    take("c", "key", 10);

    assertThat(grants).containsExactly(grant("a", 0), grant("b", 20_000));
    time.pass(Duration.ofMillis(119));
    assertThat(grants).hasSize(2);
    time.pass(Duration.ofMillis(1));
    assertThat(grants).endsWith(grant("c", 20_120));
  }

  @Example
  void onlyTheFirstSecondAfterAnIdleTimeHasRoomForSlowConnections() {
    take("a", "key", 10);
    time.pass(Duration.ofSeconds(2));
    take("b", "key", 10);
    take("c", "key", 10);
    time.pass(HOUR);

    assertThat(grants).hasSize(3).endsWith(new Grant("c", start.plusNanos(2_103_500_000)));
  }

  @Example
  void aTimerThatComesALittleLateHoldsUpOneCallerAndNotAllAfterIt() {
    take("a", "key", 10);
    take("b", "key", 10);
    take("c", "key", 10);
    time.freeze(Duration.ofMillis(124));
    time.pass(HOUR);

    assertThat(grants).containsExactly(grant("a", 0), grant("b", 124), grant("c", 240));
  }

  @Example
  void keysDoNotWaitForEachOther() {
    take("a", "one", 1);
    take("b", "one", 1);
    take("c", "two", 1);

    assertThat(grants).containsExactly(grant("a", 0), grant("c", 0));
  }

  @Example
  void noTokenIsTakenWhenItWouldComeAfterTheDeadline() {
    take("a", "key", 10);
    take("late", "key", 10, start.plusMillis(119));
    take("b", "key", 10, start.plusMillis(120));

    assertThat(refusals).containsExactly(start.plusMillis(120));
    time.pass(HOUR);
    assertThat(grants).containsExactly(grant("a", 0), grant("b", 120));
  }

  @Example
  void aDeadlineInThePastIsRefusedEvenByAnIdleKey() {
    take("a", "key", 10, start.minusMillis(1));

    assertThat(refusals).containsExactly(start);
    assertThat(grants).isEmpty();
  }

  @Example
  void whoCannotBeServedInTimeAfterAPauseIsRefusedAndTheNextOneIsServed() {
    take("a", "key", 10);
    take("b", "key", 10, start.plusMillis(300));
    take("c", "key", 10, start.plusMillis(9000));
    time.freeze(Duration.ofMillis(500));
    time.pass(HOUR);

    assertThat(refusals).containsExactly(start.plusMillis(500));
    assertThat(grants).containsExactly(grant("a", 0), grant("c", 500));
  }

  @Example
  void afterAPauseNobodyRushes() {
    for (String caller : List.of("a", "b", "c", "d")) {
      take(caller, "key", 10);
    }
    time.freeze(Duration.ofSeconds(2));
    time.pass(HOUR);

    assertThat(grants)
        .containsExactly(
            grant("a", 0),
            grant("b", 2000),
            new Grant("c", start.plusNanos(2_103_500_000)),
            grant("d", 2207));
  }

  @Example
  void aTimerThatComesEarlyGrantsNothing() {
    take("a", "key", 10);
    take("b", "key", 10);
    time.freeze(Duration.ofMillis(119));
    time.wakeEarly();

    assertThat(grants).containsExactly(grant("a", 0));
    time.pass(HOUR);
    assertThat(grants).containsExactly(grant("a", 0), grant("b", 120));
  }

  @Example
  void aClockThatIsSetBackHoldsNobodyUpForLong() {
    take("a", "key", 10);
    time.freeze(HOUR.negated());
    take("b", "key", 10);
    time.pass(Duration.ofMillis(120));

    assertThat(grants).extracting(Grant::caller).containsExactly("a", "b");
  }

  @Example
  void aLoweredLimitCountsFromTheNextCallerOn() {
    take("a", "key", 10);
    time.pass(Duration.ofMillis(500));
    take("b", "key", 1);
    time.pass(HOUR);

    assertThat(grants).containsExactly(grant("a", 0), grant("b", 1200));
  }

  @Example
  void theTokenOfACallerWhoGaveUpIsLost() {
    take("a", "key", 10);
    Cancellable waiting = take("b", "key", 10, start.plus(HOUR));
    take("c", "key", 10);
    waiting.cancel();
    time.pass(HOUR);

    assertThat(grants).containsExactly(grant("a", 0), grant("c", 240));
  }

  @Example
  void keysThatNobodyUsesAreForgotten() {
    for (int i = 0; i < 100; i++) {
      take("a", "key" + i, 10);
    }
    time.pass(HOUR);
    take("b", "other", 10, time.instant());

    assertThat(bucket.size()).isEqualTo(1);
  }

  @Example
  void aLimitThatLetsNothingThroughIsAnError() {
    for (double perSecond : new double[] {0, -1, Double.NaN}) {
      assertThatThrownBy(
              () -> bucket.take("key", perSecond, start.plus(HOUR)).await().indefinitely())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("perSecond");
    }
  }

  @Example
  void waitsInRealTimeToo() {
    Clock clock = Clock.systemUTC();
    LocalTokenBucket real = new LocalTokenBucket(clock);
    Instant deadline = clock.instant().plus(HOUR);

    Optional<Instant> first = real.take("key", 50, deadline).await().indefinitely();
    Instant granted = clock.instant();
    Optional<Instant> second = real.take("key", 50, deadline).await().indefinitely();

    assertThat(first).isEmpty();
    assertThat(second).isEmpty();
    assertThat(clock.instant()).isAfter(granted.plusMillis(10));
  }

  @Property(tries = 300)
  void noWindowOfOneSecondHoldsMoreThanTheLimit(
      @ForAll @DoubleRange(min = 0.2, max = 60) double perSecond,
      @ForAll @Size(min = 1, max = 150) List<@IntRange(max = 400) Integer> pauses) {
    for (int i = 0; i < pauses.size(); i++) {
      int pause = pauses.get(i);
      take("n" + i, "key", perSecond);
      if (pause % 7 == 0) {
        time.freeze(Duration.ofMillis(pause));
      } else if (pause % 2 == 0) {
        time.pass(Duration.ofMillis(pause));
      }
    }
    time.pass(HOUR);

    assertThat(grants).hasSameSizeAs(pauses);
    int limit = (int) Math.ceil(perSecond);
    for (int i = limit; i < grants.size(); i++) {
      assertThat(Duration.between(grants.get(i - limit).at, grants.get(i).at))
          .isGreaterThan(Duration.ofSeconds(1));
    }
  }
}
