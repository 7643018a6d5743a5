package dev.polycert.vendor.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailingTest {
  private final Failing failing = new Failing();

  private static Failure gone() {
    return new Failure.Refused(new VendorError(ErrorClass.FINAL, "X.1", "is not there"));
  }

  @Test
  void nothingFails() {
    assertThat(failing.asOne()).isEmpty();
  }

  @Test
  void whatFailsAlikeIsNamedTogether() {
    failing.add(List.of("a"), gone());
    failing.add(
        List.of("b"), new Failure.Refused(new VendorError(ErrorClass.QUOTA, "X.2", "full")));
    failing.add(List.of("c", "d"), gone());

    assertThat(failing.asOne())
        .contains(
            new Failure.Refused(
                new VendorError(ErrorClass.FINAL, "X.1", "a, c, d: is not there; b: X.2 full")));
  }

  @Test
  void whatIsUnclearStaysSoWhateverElseFails() {
    failing.add(List.of("a"), gone());
    failing.add(List.of("b"), new Failure.Unclear(new VendorError(ErrorClass.RETRY, "T", "lost")));

    assertThat(failing.asOne())
        .contains(
            new Failure.Unclear(
                new VendorError(ErrorClass.RETRY, "T", "b: lost; a: X.1 is not there")));
  }

  @Test
  void whatWasOnlyPutOffKeepsItsTime() {
    Failure later = new Failure.Deferred(Instant.EPOCH, "no time");
    failing.add(List.of("a", "b"), later);

    assertThat(failing.asOne()).contains(later);
  }
}
