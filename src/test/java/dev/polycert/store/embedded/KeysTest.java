package dev.polycert.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class KeysTest {

  @Property
  void timesAsTextsAreInTheOrderOfTime(@ForAll Instant a, @ForAll Instant b) {
    assertThat(Integer.signum(Keys.time(a).compareTo(Keys.time(b))))
        .isEqualTo(Integer.signum(a.compareTo(b)));
  }
}
