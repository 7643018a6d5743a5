package dev.polycert.whole.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.domain.DomainName;
import dev.polycert.domain.DomainName.InvalidNameException;
import dev.polycert.order.Cursor;
import dev.polycert.order.HistoryEntry;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.Orders;
import dev.polycert.store.OrderJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/** What comes back from a disk or a caller is what was given out, or is refused as documented. */
class StoredFuzzTest {
  private static final List<String> NAMES =
      List.of(
          "www.example.com",
          "*.example.com",
          "bücher.example",
          "xn--bcher-kva.example",
          "faß.de",
          "例え.テスト.jp",
          "a".repeat(63) + ".example.com",
          "[2001:db8::1]:443",
          "https://user@www.example.com:8443/path?x#y");

  private static final Cases CASES = new Cases(StoredFuzzTest.class, 600_000);
  private static final Cursor CURSOR = Cursor.of(Orders.full());

  private final OrderJson json = new OrderJson();
  private final byte[] order = json.write(Orders.full());
  private final byte[] entry =
      json.write(
          new HistoryEntry(1, Orders.T0, null, OrderState.REQUESTED, "requested", null, null));

  @AfterContainer
  static void tell() throws IOException {
    CASES.tell();
  }

  @Property(seed = "31", shrinking = ShrinkingMode.OFF)
  void everyRecordIsReadOrRefused(@ForAll long seed) {
    Mutator mutator = new Mutator(new SplittableRandom(seed));
    for (int i = 0; i < 5; i++) {
      read(mutator.mutate(order), Order.class);
      read(mutator.mutate(entry), HistoryEntry.class);
    }
  }

  private void read(byte[] stored, Class<? extends Record> type) {
    try {
      String told = CASES.of(stored.length, () -> json.read(stored, type).toString());
      assertThat(told).hasSizeLessThan(4 * stored.length + 10_000);
    } catch (UncheckedIOException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    } catch (RuntimeException e) {
      throw new AssertionError("reading " + new String(stored, UTF_8), e);
    }
  }

  @Property(seed = "37", shrinking = ShrinkingMode.OFF)
  void everyCursorIsReadOrRefused(@ForAll long seed) {
    Mutator mutator = new Mutator(new SplittableRandom(seed));
    for (int i = 0; i < 10; i++) {
      String text = new String(mutator.bytes(CURSOR.text().getBytes(UTF_8)), UTF_8);
      try {
        Cursor cursor = CASES.of(text.length(), () -> Cursor.parse(text));
        assertThat(OrderId.parse(cursor.id().value())).isPresent();
      } catch (IllegalArgumentException refused) {
        assertThat(refused).hasMessageContaining("cursor");
      }
    }
  }

  @Property(seed = "41", shrinking = ShrinkingMode.OFF)
  void everyNameIsReadOrRefused(@ForAll long seed) {
    Mutator mutator = new Mutator(new SplittableRandom(seed));
    for (int i = 0; i < 20; i++) {
      String text = new String(mutator.bytes(mutator.pick(NAMES).getBytes(UTF_8)), UTF_8);
      try {
        String ascii = CASES.of(text.length(), () -> DomainName.parse(text).ascii());
        assertThat(ascii).matches("(\\*\\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]+");
        assertThat(ascii.length()).isLessThanOrEqualTo(253);
        assertThat(DomainName.parse(ascii).ascii()).isEqualTo(ascii);
      } catch (InvalidNameException refused) {
        assertThat(refused.getMessage()).hasSizeLessThan(2_000).doesNotContainPattern("\\p{Cntrl}");
      }
    }
  }
}
