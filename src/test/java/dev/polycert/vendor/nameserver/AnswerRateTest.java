package dev.polycert.vendor.nameserver;

import static dev.polycert.vendor.nameserver.AnswerRate.Verdict.CUT;
import static dev.polycert.vendor.nameserver.AnswerRate.Verdict.DROP;
import static dev.polycert.vendor.nameserver.AnswerRate.Verdict.SEND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.testing.MovedClock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnswerRateTest {
  private final MovedClock clock = new MovedClock(Instant.EPOCH);
  private final AnswerRate rate = new AnswerRate(2, clock);

  @Test
  void oneNetworkIsCutShortAndOthersAreNot() {
    assertThat(Stream.of("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4").map(rate::next))
        .isEqualTo(List.of(SEND, SEND, DROP, CUT));
    assertThat(rate.next("192.0.3.1")).isEqualTo(SEND);

    assertThat(
            Stream.of("2001:db8:0:1:0:0:0:1", "2001:db8:0:2:0:0:0:1", "2001:db8:0:3:0:0:0:1")
                .map(rate::next))
        .as("one /56")
        .isEqualTo(List.of(SEND, SEND, DROP));
    assertThat(rate.next("2001:db9:0:1:0:0:0:1")).isEqualTo(SEND);
  }

  @Test
  void theNextSecondIsANewOne() {
    for (int i = 0; i < 10; i++) {
      rate.next("192.0.2.1");
    }
    clock.now = Instant.EPOCH.plusSeconds(1);

    assertThat(rate.next("192.0.2.1")).isEqualTo(SEND);
  }
}
