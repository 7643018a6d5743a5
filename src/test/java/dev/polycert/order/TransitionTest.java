package dev.polycert.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.store.OrderJson;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransitionTest {
  private static Transition because(String why) {
    return Transition.of(null, Orders.full(), why, null);
  }

  /** Half of such a character cannot be written as UTF-8. */
  @Test
  void aReasonIsCutBetweenCharacters() {
    Transition whole = because("a🔒b");

    assertThat(whole.cut(4)).isEqualTo(whole);
    assertThat(whole.cut(3).why()).isEqualTo("a🔒…");
    assertThat(whole.cut(2).why()).isEqualTo("a…");
    assertThat(whole.cut(0).why()).isEqualTo("…");
    assertThat(new OrderJson().write(whole.cut(2))).isNotEmpty();
  }

  @Test
  void aListenerThatFailsHarmsNoOther() {
    TransitionFeed feed = new TransitionFeed();
    List<Transition> heard = new ArrayList<>();
    feed.listen(
        transition -> {
          throw new IllegalStateException("cannot take it");
        });
    feed.listen(heard::add);

    feed.happened(because("issued"));

    assertThat(heard).containsExactly(because("issued"));
  }
}
