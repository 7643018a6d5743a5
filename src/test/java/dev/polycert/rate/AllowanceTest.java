package dev.polycert.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.lifecycle.BeforeTry;

/** Buckets whose limit is not what the vendor grants, in virtual time. */
class AllowanceTest {
  private static final double CONFIGURED = 10;
  private static final int GRANTED = 5;
  private static final int CALLS = 1000;
  private static final double IDEAL_SECONDS = (double) CALLS / GRANTED;
  private static final double MOST_TIME = 1.15;
  private static final double MOST_REFUSED = 0.05;
  private static final Duration LEARNING = Duration.ofSeconds(10);
  private static final Duration WAY = Duration.ofMillis(20);
  private static final Duration RETRY = Duration.ofMillis(200);

  /** How many callers there are at once, as of one request. */
  private static final int AT_ONCE = 50;

  private VirtualTime time;
  private Instant start;
  private Deque<Instant> granted;
  private List<Instant> refused;
  private List<Instant> calls;
  private int waiting;

  @BeforeTry
  void startAfresh() {
    time = new VirtualTime();
    start = time.instant();
    granted = new ArrayDeque<>();
    refused = new ArrayList<>();
    calls = new ArrayList<>();
    waiting = CALLS;
  }

  @Example
  void aLocalBucketLearnsThatHalfOfTheLimitIsGranted() {
    learns(new LocalTokenBucket(time, time));
  }

  @Example
  void aSharedBucketLearnsThatHalfOfTheLimitIsGranted() {
    learns(new SharedTokenBucket(new FakeSlots(time, () -> Duration.ofMillis(5)), time, time));
  }

  private void learns(TokenBucket bucket) {
    for (int i = 0; i < AT_ONCE; i++) {
      next(bucket);
    }
    time.pass(Duration.ofHours(1));

    assertThat(granted).hasSize(CALLS);
    Duration took = Duration.between(start, granted.getLast());
    assertThat(took.toMillis() / 1e3).isLessThan(IDEAL_SECONDS * MOST_TIME);
    Instant learnt = start.plus(LEARNING);
    assertThat(refused.stream().filter(at -> at.isAfter(learnt)).count())
        .isLessThan((long) (MOST_REFUSED * calls.stream().filter(at -> at.isAfter(learnt)).count()))
        .isPositive();
  }

  @Example
  void whatTheVendorGrantsAgainIsUsedAgainAndNeverMore() {
    LocalTokenBucket bucket = new LocalTokenBucket(time, time);
    for (int i = 0; i < 5; i++) {
      bucket.refused("key");
      time.pass(Duration.ofSeconds(2));
    }
    assertThat(takes(bucket, Duration.ofSeconds(10))).isLessThan(60);

    time.pass(Duration.ofMinutes(1));
    assertThat(takes(bucket, Duration.ofSeconds(10))).isBetween(90, 100);
  }

  @Example
  void aVendorThatRefusesEverythingIsStillAsked() {
    LocalTokenBucket bucket = new LocalTokenBucket(time, time);
    for (int i = 0; i < 100; i++) {
      bucket.refused("key");
      time.pass(Duration.ofSeconds(1));
    }
    assertThat(takes(bucket, Duration.ofSeconds(10))).isBetween(9, 15);
  }

  @Example
  void aRefusalNowAndThenSlowsNobody() {
    LocalTokenBucket bucket = new LocalTokenBucket(time, time);
    for (int i = 0; i < 10; i++) {
      bucket.refused("key");
      assertThat(takes(bucket, Duration.ofSeconds(2))).isGreaterThanOrEqualTo(18);
    }
  }

  @Example
  void twoRefusalsAmongFewCallsSlowAllThatFollow() {
    LocalTokenBucket bucket = new LocalTokenBucket(time, time);
    takes(bucket, Duration.ofSeconds(2));
    bucket.refused("key");
    takes(bucket, Duration.ofMillis(500));
    bucket.refused("key");
    assertThat(takes(bucket, Duration.ofSeconds(10))).isBetween(80, 89);
  }

  @Example
  void refusalsOfOneKeyDoNotSlowAnother() {
    LocalTokenBucket bucket = new LocalTokenBucket(time, time);
    for (int i = 0; i < 3; i++) {
      bucket.refused("other");
    }
    assertThat(takes(bucket, Duration.ofSeconds(10))).isBetween(90, 100);
  }

  private int takes(TokenBucket bucket, Duration during) {
    int[] taken = {0};
    Instant end = time.instant().plus(during);
    for (int i = 0; i < CALLS; i++) {
      bucket
          .take("key", CONFIGURED, end)
          .subscribe()
          .with(later -> taken[0] += later.isEmpty() ? 1 : 0);
    }
    time.pass(during);
    return taken[0];
  }

  private void next(TokenBucket bucket) {
    if (waiting > 0) {
      waiting--;
      call(bucket);
    }
  }

  private void call(TokenBucket bucket) {
    bucket
        .take("key", CONFIGURED, start.plus(Duration.ofHours(1)))
        .subscribe()
        .with(granted -> time.after(WAY, () -> arrive(bucket)));
  }

  private void arrive(TokenBucket bucket) {
    Instant now = time.instant();
    calls.add(now);
    Instant second = now.minusSeconds(1);
    if (granted.stream().filter(at -> at.isAfter(second)).count() < GRANTED) {
      granted.add(now);
      next(bucket);
    } else {
      refused.add(now);
      bucket.refused("key");
      time.after(RETRY, () -> call(bucket));
    }
  }
}
