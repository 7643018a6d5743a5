package dev.polycert.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Property
  void neverGrantsMoreThanTheRateInAnySecond(
      @ForAll @Size(max = 200) List<@IntRange(max = 400) Integer> gapsInMillis,
      @ForAll @IntRange(min = 1, max = 20) int rate) {
    SlidingWindow window = new SlidingWindow();
    List<Instant> granted = new ArrayList<>();
    Instant at = START;
    for (int gap : gapsInMillis) {
      at = at.plusMillis(gap);
      boolean room = since(granted, at) < rate;
      assertThat(window.permit("key", rate, at)).isEqualTo(room);
      if (room) {
        granted.add(at);
      }
    }
  }

  private static long since(List<Instant> granted, Instant at) {
    return granted.stream().filter(call -> call.isAfter(at.minusSeconds(1))).count();
  }

  @Test
  void allowsOneCallInSeveralSecondsBelowOnePerSecond() {
    SlidingWindow window = new SlidingWindow();

    assertThat(window.permit("key", 0.5, START)).isTrue();
    assertThat(window.permit("key", 0.5, START.plusMillis(1999))).isFalse();
    assertThat(window.permit("other", 0.5, START.plusMillis(1999))).isTrue();
    assertThat(window.permit("key", 0.5, START.plusMillis(2000))).isTrue();
  }
}
