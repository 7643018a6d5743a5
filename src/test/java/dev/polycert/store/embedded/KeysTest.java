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

  @Property
  void cursorsLeadBackToTheirPlace(@ForAll Instant at) {
    String place = Keys.join(Keys.time(at), "ord_" + "0123456789abcdef".repeat(2));

    assertThat(Cursor.place(Cursor.of(place))).isEqualTo(place);
  }
}
