package dev.polycert.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class WrongKeysTest {
  private final WrongKeys wrongKeys = new WrongKeys(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  private long answered(String address, int attempts) {
    long answered = 0;
    for (int i = 0; i < attempts; i++) {
      answered += wrongKeys.from(address).isZero() ? 1 : 0;
    }
    return answered;
  }

  @Test
  void everyAddressHasAttemptsOfItsOwn() {
    assertThat(answered("192.0.2.1", 20)).isEqualTo(10);
    assertThat(answered("192.0.2.2", 20)).isEqualTo(10);
  }

  @Test
  void theAddressesOfOneNetworkCountTogether() {
    assertThat(answered("2001:db8:0:1:0:0:0:1", 20)).isEqualTo(10);
    assertThat(answered("2001:db8:0:1:ffff:0:0:2%eth0", 20)).isZero();
    assertThat(answered("2001:db8:0:2:0:0:0:1", 20)).isEqualTo(10);
  }

  @Test
  void aLookAtAnAddressDoesNotCount() {
    answered("192.0.2.1", 9);

    assertThat(wrongKeys.before("192.0.2.1")).isZero();
    assertThat(answered("192.0.2.1", 2)).isEqualTo(1);
    assertThat(wrongKeys.before("192.0.2.1")).isPositive();
    assertThat(wrongKeys.before("192.0.2.2")).isZero();
  }

  @Test
  void anAddressThatGoesOnIsRememberedAmongMany() {
    answered("192.0.2.1", 10);
    answered("192.0.2.2", 10);
    for (int i = 0; i < 20_000; i++) {
      wrongKeys.from("10.0." + i / 256 + "." + i % 256);
      if (i % 5_000 == 0) {
        assertThat(answered("192.0.2.1", 1)).isZero();
      }
    }

    assertThat(answered("192.0.2.2", 20)).as("memory is bounded").isEqualTo(10);
  }
}
