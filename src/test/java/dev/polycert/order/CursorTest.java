package dev.polycert.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CursorTest {

  @Property
  void cursorsLeadBackToTheirPlace(@ForAll Instant at) {
    Cursor cursor = new Cursor(at, new OrderId("ord_" + "0123456789abcdef".repeat(2)));

    assertThat(Cursor.parse(cursor.text())).isEqualTo(cursor);
    assertThat(cursor.text()).matches("[A-Za-z0-9_-]+");
  }
}
