package dev.polycert.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.testing.MovedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallRateTest {
  private final MovedClock clock = new MovedClock(Instant.parse("2026-01-02T03:04:05Z"));
  private final CallRate rate = new CallRate(10, Duration.ofSeconds(1), clock);

  @Test
  void theCallsOfASecondMayComeAtOnceAndThenOneByOne() {
    assertThat(passing(20)).isEqualTo(10);
    assertThat(rate.take()).isEqualTo(Duration.ofMillis(100));

    clock.now = clock.now.plusMillis(100);
    assertThat(passing(5)).isEqualTo(1);

    clock.now = clock.now.plusSeconds(60);
    assertThat(passing(20)).as("no more is saved up than a second's worth").isEqualTo(10);
  }

  @Test
  void aClockThatIsSetBackKeepsNoCallerOut() {
    assertThat(passing(10)).isEqualTo(10);

    clock.now = clock.now.minusSeconds(3600);

    assertThat(passing(20)).isEqualTo(10);
  }

  @Test
  void zeroIsNoLimit() {
    CallRate any = new CallRate(0, Duration.ofSeconds(1), clock);

    assertThat(IntStream.range(0, 10_000).filter(i -> any.take().isPositive())).isEmpty();
  }

  private long passing(int calls) {
    return IntStream.range(0, calls).filter(i -> rate.take().isZero()).count();
  }
}
