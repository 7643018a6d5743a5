package dev.polycert.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;

class SharedTokenBucketTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private VirtualTime time;
  private FakeSlots table;
  private Duration latency;
  private Instant start;
  private List<Grant> grants;
  private List<Instant> refusals;
  private List<Throwable> failures;

  @BeforeTry
  void startAfresh() {
    time = new VirtualTime();
    latency = Duration.ofMillis(5);
    table = new FakeSlots(time, () -> latency);
    start = time.instant();
    grants = new ArrayList<>();
    refusals = new ArrayList<>();
    failures = new ArrayList<>();
  }

  private record Grant(String caller, Instant at) {}

  private SharedTokenBucket instance() {
    return instance(Duration.ZERO);
  }

  private SharedTokenBucket instance(Duration skew) {
    return new SharedTokenBucket(table, Clock.offset(time, skew), time);
  }

  private void take(SharedTokenBucket bucket, String caller, double perSecond, Instant deadline) {
    bucket
        .take("key", perSecond, deadline)
        .subscribe()
        .with(
            later ->
                later.ifPresentOrElse(
                    refusals::add, () -> grants.add(new Grant(caller, time.instant()))),
            failures::add);
  }

  private void take(SharedTokenBucket bucket, String caller) {
    take(bucket, caller, 10, start.plus(HOUR));
  }

  @Example
  void theUrgentIsServedFirst() {
    SharedTokenBucket bucket = instance();
    for (Urgency urgency : List.of(Urgency.POLL, Urgency.BULK, Urgency.SMALL, Urgency.EXPIRING)) {
      bucket
          .take("key", 10, start.plus(HOUR), urgency)
          .subscribe()
          .with(granted -> grants.add(new Grant(urgency.name(), time.instant())));
    }
    assertThat(bucket.waiting("key", Urgency.POLL)).isEqualTo(4);
    assertThat(bucket.waiting("key", Urgency.SMALL)).isEqualTo(2);
    time.pass(HOUR);

    assertThat(grants)
        .extracting(Grant::caller)
        .containsExactly("EXPIRING", "SMALL", "BULK", "POLL");
  }

  private List<Long> millis() {
    return grants.stream().map(grant -> Duration.between(start, grant.at).toMillis()).toList();
  }

  private void assertNoWindowHoldsMoreThan(int limit) {
    for (int i = limit; i < grants.size(); i++) {
      assertThat(Duration.between(grants.get(i - limit).at, grants.get(i).at))
          .isGreaterThan(SECOND);
    }
  }

  @Example
  void callersOfOneInstanceAreServedInTheirOrderEvenlySpaced() {
    SharedTokenBucket bucket = instance();
    for (String caller : List.of("a", "b", "c", "d", "e", "f")) {
      take(bucket, caller);
    }
    time.pass(HOUR);

    assertThat(grants).extracting(Grant::caller).containsExactly("a", "b", "c", "d", "e", "f");
    assertThat(millis()).containsExactly(25L, 127L, 230L, 332L, 435L, 537L);
    assertThat(time.timers()).isZero();
  }

  @Example
  void anIdleKeySavesNoTokensUp() {
    SharedTokenBucket bucket = instance();
    take(bucket, "a");
    time.pass(SECOND.multipliedBy(10));
    take(bucket, "b");
    take(bucket, "c");
    time.pass(HOUR);

    assertThat(millis()).containsExactly(25L, 10_025L, 10_127L);
  }

  @Example
  void noTokenIsTakenWhenItWouldComeAfterTheDeadline() {
    SharedTokenBucket one = instance();
    for (int i = 0; i < 20; i++) {
      take(one, "a");
    }
    time.pass(Duration.ofMillis(100));
    int before = table.taken();
    take(instance(), "late", 10, time.instant().plusMillis(150));
    time.pass(Duration.ofMillis(20));

    assertThat(refusals).hasSize(1);
    assertThat(refusals.getFirst()).isAfter(start.plusMillis(250));
    assertThat(table.taken()).isEqualTo(before);
  }

  @Example
  void whoCannotBeServedInTimeIsToldAtOnce() {
    SharedTokenBucket bucket = instance();
    for (int i = 0; i < 30; i++) {
      take(bucket, "a", 10, start.plus(SECOND));
    }

    assertThat(refusals).hasSizeGreaterThan(15);
    time.pass(HOUR);
    assertThat(grants).hasSize(10);
    assertThat(grants).allMatch(grant -> !grant.at.isAfter(start.plus(SECOND)));
  }

  @Example
  void aSlotThatAPauseOfTheProcessMissedIsLostAndNobodyRushes() {
    SharedTokenBucket bucket = instance();
    for (int i = 0; i < 6; i++) {
      take(bucket, "a");
    }
    time.pass(Duration.ofMillis(30));
    time.freeze(Duration.ofMillis(210));
    time.pass(HOUR);

    assertThat(grants).hasSize(6);
    assertThat(millis().get(1)).isEqualTo(240);
    for (int i = 2; i < 6; i++) {
      assertThat(Duration.between(grants.get(i - 1).at, grants.get(i).at))
          .isGreaterThan(Duration.ofMillis(85));
    }
  }

  @Example
  void aTableFarAwayIsGotUsedTo() {
    latency = Duration.ofMillis(150);
    SharedTokenBucket bucket = instance();
    for (int i = 0; i < 20; i++) {
      take(bucket, "a");
    }
    time.pass(HOUR);

    assertThat(grants).hasSize(20);
    assertThat(grants.getLast().at).isBefore(start.plusSeconds(4));
    assertNoWindowHoldsMoreThan(10);
  }

  @Example
  void whenTheTableCannotBeReachedCallersAreTold() {
    table.breakDown();
    SharedTokenBucket bucket = instance();
    take(bucket, "a");
    take(bucket, "b");

    assertThat(failures).hasSize(2);
    assertThat(grants).isEmpty();
    assertThat(bucket.size()).isEqualTo(1);
  }

  @Example
  void anInstanceWhoseClockIsBehindFollowsTheOthers() {
    SharedTokenBucket ahead = instance(SECOND.multipliedBy(30));
    SharedTokenBucket behind = instance(SECOND.multipliedBy(-30));
    take(ahead, "ahead");
    time.pass(SECOND);
    take(behind, "behind");
    take(behind, "behind");
    time.pass(HOUR);

    assertThat(millis()).hasSize(3);
    assertThat(grants.get(1).at).isBefore(start.plusMillis(1200));
    assertThat(Duration.between(grants.get(1).at, grants.get(2).at))
        .isGreaterThan(Duration.ofMillis(100));
  }

  @Example
  void aLimitThatLetsNothingThroughIsAnError() {
    for (double perSecond : new double[] {0, -1, Double.NaN}) {
      assertThatThrownBy(
              () -> instance().take("key", perSecond, start.plus(HOUR)).await().indefinitely())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("perSecond");
    }
  }

  @Example
  void keysThatNobodyUsesAreForgotten() {
    SharedTokenBucket bucket = instance();
    for (int i = 0; i < 50; i++) {
      var _ = bucket.take("key" + i, 10, start.plus(HOUR)).subscribeAsCompletionStage();
    }
    time.pass(HOUR);
    take(bucket, "other", 10, time.instant().plus(HOUR));

    assertThat(bucket.size()).isEqualTo(1);
  }

  @Example
  void manyInstancesGetTheirTurnsAndTogetherTheWholeLimit() {
    List<SharedTokenBucket> instances = IntStream.range(0, 16).mapToObj(i -> instance()).toList();
    for (int i = 0; i < 1000; i++) {
      take(instances.get(i % 16), "i" + i % 16);
    }
    time.pass(HOUR);

    assertThat(grants).hasSize(1000);
    assertThat(Duration.between(grants.getFirst().at, grants.getLast().at))
        .isBetween(Duration.ofSeconds(97), Duration.ofSeconds(103));
    assertNoWindowHoldsMoreThan(10);
    for (int i = 0; i < 16; i++) {
      String caller = "i" + i;
      assertThat(grants.subList(0, 500))
          .filteredOn(grant -> grant.caller.equals(caller))
          .hasSizeBetween(25, 38);
    }
  }

  @Property(tries = 300)
  void noWindowOfOneSecondHoldsMoreThanTheLimit(
      @ForAll @DoubleRange(min = 0.2, max = 60) double perSecond,
      @ForAll @Size(min = 1, max = 150) List<@IntRange(max = 400) Integer> pauses,
      @ForAll @IntRange(min = 1, max = 4) int count) {
    Deque<Integer> latencies = new ArrayDeque<>(pauses);
    table =
        new FakeSlots(
            time,
            () -> {
              latencies.add(latencies.remove());
              return Duration.ofMillis(1 + latencies.element() / 5);
            });
    List<SharedTokenBucket> instances =
        IntStream.range(0, count).mapToObj(i -> instance()).toList();
    for (int i = 0; i < pauses.size(); i++) {
      int pause = pauses.get(i);
      take(instances.get(pause % count), "n" + i, perSecond, start.plus(HOUR));
      if (pause % 7 == 0) {
        time.freeze(Duration.ofMillis(pause));
      } else if (pause % 2 == 0) {
        time.pass(Duration.ofMillis(pause));
      }
    }
    time.pass(HOUR);

    assertThat(grants).hasSameSizeAs(pauses);
    assertNoWindowHoldsMoreThan((int) Math.ceil(perSecond));
  }
}
