package dev.polycert.vendor.acme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.provider.Applications;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.testing.Pebble;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.vendor.acme.AcmeFixture.Applied;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many orders at once at a CA that refuses every second nonce (RFC 8555, section 6.5). */
@RequiresPrograms("pebble")
class AcmeChaosTest {
  private static final int ORDERS = 200;
  private static final int AT_ONCE = 16;

  @Test
  void everyOrderIsIssuedAlthoughEverySecondNonceIsRefused() throws Exception {
    try (Pebble pebble = Pebble.start(false, 50);
        var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      AcmeFixture acme = AcmeFixture.at(pebble).patience(Duration.ofSeconds(60));
      // What sets Mutiny up must not race with itself.
      assertThat(issue(acme, pebble, 0)).isEqualTo(Phase.ISSUED);
      List<Callable<Phase>> orders =
          IntStream.range(1, ORDERS)
              .<Callable<Phase>>mapToObj(i -> () -> issue(acme, pebble, i))
              .toList();

      for (Future<Phase> order : threads.invokeAll(orders)) {
        assertThat(order.get()).isEqualTo(Phase.ISSUED);
      }
      acme.close();
    }
  }

  private static Phase issue(AcmeFixture acme, Pebble pebble, int number) {
    Applied applied =
        acme.apply(
            Applications.forDomain("h" + number + ".chaos.example").key(KeyAlgorithm.EC_P256));
    pebble.publish(applied.progress().validations());
    return applied.issued().phase();
  }
}
