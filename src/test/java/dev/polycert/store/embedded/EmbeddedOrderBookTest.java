package dev.polycert.store.embedded;

import static dev.polycert.order.Orders.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.domain.DomainName;
import dev.polycert.domain.StoreException;
import dev.polycert.order.Identity;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderState;
import dev.polycert.order.Orders;
import dev.polycert.store.OrderBookContractTest;
import dev.polycert.testing.Resources;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.StringDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbeddedOrderBookTest extends OrderBookContractTest {
  @RegisterExtension final Resources resources = new Resources();

  @Override
  protected OrderBook emptyBook() {
    return book(resources.directory().resolve("contract.mv"));
  }

  private EmbeddedOrderBook book(Path path) {
    EmbeddedOrderBook book =
        new EmbeddedOrderBook(new EmbeddedFile(new Random(), TestStoreConfig.at(path)));
    resources.add(book::close);
    return book;
  }

  @Test
  void opensNothingBeforeTheFirstUse() {
    Path path = resources.directory().resolve("below/not/yet.mv");
    EmbeddedOrderBook book = book(path);
    Uni<?> call = book.find(Orders.full().id());

    assertThat(path.getParent()).doesNotExist();
    get(call);
    assertThat(path).exists();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions are POSIX")
  void nobodyElseMayReadTheFile() throws IOException {
    Path path = resources.directory().resolve("below/orders.mv");
    get(book(path).find(Orders.full().id()));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void aClosedFileIsReadAgainByTheNextBook() {
    Path path = resources.directory().resolve("orders.mv");
    Order order = Orders.full();
    EmbeddedOrderBook before = book(path);
    get(before.claim(order, "requested"));
    Order moved = get(before.transition(order.with(OrderState.ISSUED).recordedAt(T0), "", null));
    get(before.reserve("certificate-1", order.id()));
    before.close();

    EmbeddedOrderBook after = book(path);

    assertThat(get(after.find(order.id()))).contains(moved);
    assertThat(get(after.history(order.id()))).hasSize(2);
    assertThat(get(after.latest(order.domain()))).containsExactly(moved);
    assertThat(get(after.list(OrderFilter.all(), null, 5)).orders()).containsExactly(moved);
    assertThat(get(after.due(order.deadline(), 5))).containsExactly(moved);
    assertThat(get(after.reserve("certificate-1", Orders.requested("x", "y.example").id())))
        .isFalse();
  }

  @Test
  void theHistoryOfAnOrderThatEndedLongAgoIsDeletedWhenAnotherEnds() {
    Path path = resources.directory().resolve("orders.mv");
    Duration kept = Duration.ofDays(400);
    EmbeddedOrderBook book =
        new EmbeddedOrderBook(
            new EmbeddedFile(
                new Random(), new TestStoreConfig("embedded", path, false, Optional.of(kept))));
    resources.add(book::close);
    Order first = ended(book, "first.example.com", T0);
    Order second = ended(book, "second.example.com", T0.plus(kept).minusSeconds(1));
    assertThat(get(book.history(first.id()))).hasSize(2);

    ended(book, "third.example.com", T0.plus(kept).plusSeconds(1));
    assertThat(get(book.history(first.id()))).isEmpty();
    assertThat(get(book.history(second.id()))).hasSize(2);
    assertThat(get(book.find(first.id()))).contains(first);
  }

  @Test
  void theNamesInAFileOfAnEarlierVersionAreIndexedWhenItIsOpened() {
    Path path = resources.directory().resolve("orders.mv");
    DomainName other = DomainName.parse("other.example.com");
    Order order =
        Order.requested(
            Identity.of("acme", "main", DomainName.parse("www.example.com"), 1, T0),
            Orders.TERMS.withOptions(Map.of("alternativeNames", other.ascii())));
    EmbeddedOrderBook before = book(path);
    get(before.claim(order, "requested"));
    before.close();
    try (MVStore file = MVStore.open(path.toString())) {
      MVMap<String, String> creations =
          file.openMap(
              "creations",
              new MVMap.Builder<String, String>()
                  .keyType(StringDataType.INSTANCE)
                  .valueType(StringDataType.INSTANCE));
      String named = creations.ceilingKey(other.ascii());
      assertThat(named).startsWith(other.ascii());
      creations.remove(named);
      file.removeMap("named");
    }

    EmbeddedOrderBook after = book(path);

    OrderFilter filter = new OrderFilter(null, null, other, null);
    assertThat(get(after.list(filter, null, 5)).orders()).containsExactly(order);
  }

  private static Order ended(EmbeddedOrderBook book, String domain, Instant at) {
    Order order = Orders.requested("tencent-ssl", domain);
    get(book.claim(order, "requested"));
    return get(book.transition(order.with(OrderState.CANCELLED).recordedAt(at), "", null));
  }

  @Test
  void aClosedBookSaysSo() {
    EmbeddedOrderBook book = book(resources.directory().resolve("orders.mv"));
    get(book.find(Orders.full().id()));
    book.close();

    assertThatThrownBy(() -> get(book.find(Orders.full().id())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  /** The reason goes out in answers, as that of a book that is in use. */
  @Test
  void aFileThatCannotBeMadeIsNamedWithItsSetting() throws IOException {
    Path file = Files.createFile(resources.directory().resolve("file"));
    EmbeddedOrderBook book = book(file.resolve("orders.mv"));

    assertThatThrownBy(() -> get(book.find(Orders.full().id())))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll("file/orders.mv", "polycert.store.path", "cannot be made");
  }

  @Test
  void aFileInUseIsNamedWithItsSettingAndUsedOnceItIsFree() {
    Path path = resources.directory().resolve("orders.mv");
    EmbeddedOrderBook first = book(path);
    EmbeddedOrderBook second = book(path);
    Order order = Orders.requested("tencent-ssl", "a.example.com");
    get(first.claim(order, "requested"));

    assertThatThrownBy(() -> get(second.find(order.id())))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining("polycert.store.path")
        .hasMessageContaining("in use");

    first.close();
    assertThat(get(second.find(order.id()))).contains(order);
  }

  @Test
  void aFileThatIsNoOrderBookIsNamedAndLeftAsItIs() throws Exception {
    Path path = resources.directory().resolve("letter.txt");
    Files.writeString(path, "Dear reader, ".repeat(2000));

    assertThatThrownBy(() -> get(book(path).find(Orders.full().id())))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining("not an order book");
    assertThat(path).hasContent("Dear reader, ".repeat(2000));
  }

  @Test
  void spaceIsUsedAgainWhileOrdersMove() throws Exception {
    Path path = resources.directory().resolve("orders.mv");
    EmbeddedOrderBook book =
        new EmbeddedOrderBook(
            new EmbeddedFile(
                new Random(), new TestStoreConfig("embedded", path, true, Optional.empty())));
    resources.add(book::close);
    Order order = Orders.full();
    get(book.claim(order, "requested"));
    for (int i = 0; i < 1500; i++) {
      order = get(book.transition(order.recordedAt(T0), "step", null));
    }

    // Every commit writes two blocks of 4 KiB or more: 12 MB, were none of them used again.
    assertThat(Files.size(path)).isLessThan(3_000_000);
  }

  @Test
  void theCallerGoesOnOnAThreadThatMayWait() {
    EmbeddedOrderBook book = book(resources.directory().resolve("orders.mv"));
    Order order = Orders.full();

    Order found =
        get(
            book.claim(order, "requested")
                .map(claim -> get(book.find(claim.order().id())).orElseThrow()));

    assertThat(found).isEqualTo(order);
  }
}
