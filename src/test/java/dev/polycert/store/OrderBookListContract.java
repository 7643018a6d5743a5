package dev.polycert.store;

import static dev.polycert.order.Orders.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Identity;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderBook.Page;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.Orders;
import dev.polycert.order.Served;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@link OrderBook} promises of its lists. */
abstract class OrderBookListContract extends OrderBookFixture {
  @Test
  void aListIsInTheOrderOfCreationThenId() {
    List<Order> sameTime =
        Stream.of("a", "b", "c", "d")
            .map(name -> claim(order(name + ".example.com", T0.plusSeconds(5))))
            .sorted((a, b) -> a.id().value().compareTo(b.id().value()))
            .toList();
    Order newest = claim(order("newest.example.com", T0.plusSeconds(6)));
    Order oldest = claim(order("oldest.example.com", T0.minusSeconds(1_000_000_000)));
    Order nano = claim(order("nano.example.com", T0.plusSeconds(5).plusNanos(1)));

    List<Order> expected = new ArrayList<>(sameTime);
    expected.addFirst(oldest);
    expected.add(nano);
    expected.add(newest);
    assertThat(get(book.list(OrderFilter.all(), null, 100))).isEqualTo(new Page(expected, null));
  }

  @Test
  void pagesShowEveryOrderThatWasThereOnceWhateverHappensMeanwhile() {
    List<Order> atStart =
        IntStream.range(0, 25)
            .mapToObj(i -> claim(order("n" + i + ".example.com", T0.plusSeconds(i / 3))))
            .toList();

    List<OrderId> seen = new ArrayList<>();
    String cursor = null;
    int page = 0;
    do {
      Page got = get(book.list(OrderFilter.all(), cursor, 4));
      assertThat(got.orders()).hasSizeLessThanOrEqualTo(4);
      got.orders().forEach(order -> seen.add(order.id()));
      cursor = got.next();
      move(atStart.get(page), OrderState.APPLYING);
      move(atStart.get(24 - page), OrderState.FAILED);
      claim(order("old" + page + ".example.com", T0.minusSeconds(page + 1)));
      page++;
    } while (cursor != null);

    assertThat(seen).doesNotHaveDuplicates().hasSize(25);
    assertThat(seen).containsExactlyInAnyOrderElementsOf(atStart.stream().map(Order::id).toList());
  }

  @Test
  void theLastPageSaysSoEvenWhenItIsFull() {
    for (int i = 0; i < 4; i++) {
      claim(order("n" + i + ".example.com", T0.plusSeconds(i)));
    }

    Page first = get(book.list(OrderFilter.all(), null, 2));
    Page second = get(book.list(OrderFilter.all(), first.next(), 2));

    assertThat(first.next()).isNotNull().matches("[A-Za-z0-9_-]+");
    assertThat(second.orders()).hasSize(2);
    assertThat(second.next()).isNull();
  }

  @Test
  void aListShowsOnlyWhatTheFilterLetsThrough() {
    Order a = claim(order("a.example.com", T0));
    Order b = move(claim(order("b.example.com", T0.plusSeconds(1))), OrderState.APPLYING);
    Order huawei = claim(Orders.requested(HUAWEI, "main", "a.example.com", 1, T0.plusSeconds(2)));
    Order second = claim(Orders.requested(TENCENT, "main", "a.example.com", 2, T0.plusSeconds(3)));
    Order soon = issued("soon.example.com", T0.plusSeconds(4), Duration.ofDays(5));
    issued("later.example.com", T0.plusSeconds(5), Duration.ofDays(50));

    DomainName domain = DomainName.parse("a.example.com");
    assertThat(all(new OrderFilter(OrderState.APPLYING, null, null, null))).containsExactly(b);
    assertThat(all(new OrderFilter(null, HUAWEI, null, null))).containsExactly(huawei);
    assertThat(all(new OrderFilter(null, null, domain, null))).containsExactly(a, huawei, second);
    assertThat(all(new OrderFilter(null, TENCENT, domain, null))).containsExactly(a, second);
    assertThat(all(new OrderFilter(null, null, null, T0.plus(Duration.ofDays(10)))))
        .containsExactly(soon);
    assertThat(all(new OrderFilter(OrderState.REVOKED, null, null, null))).isEmpty();
  }

  @Test
  void anOrderIsFoundByEachNameOfItsCertificate() {
    Order several = claim(named("a.example.com", "B.example.com, *.bücher.example  c.example.com"));
    Order own = claim(order("b.example.com", T0.plusSeconds(1)));
    Order both = claim(named("c.example.com", "b.example.com"));
    Order unreadable = claim(named("d.example.com", "b.example.com, -"));

    assertThat(all(of("a.example.com"))).containsExactly(several);
    assertThat(all(of("b.example.com"))).containsExactlyInAnyOrder(several, own, both);
    assertThat(all(of("c.example.com"))).containsExactlyInAnyOrder(several, both);
    assertThat(all(of("*.bücher.example"))).containsExactly(several);
    assertThat(all(of("d.example.com"))).containsExactly(unreadable);
    assertThat(all(of("bücher.example"))).isEmpty();
    assertThat(get(book.latest(DomainName.parse("b.example.com")))).containsExactly(own);
    Order moved = move(several, OrderState.APPLYING);
    assertThat(all(new OrderFilter(OrderState.APPLYING, null, own.domain(), null)))
        .containsExactly(moved);
  }

  /** As many names as a CA takes. */
  @Test
  void anOrderMayHaveManyNames() {
    String others =
        IntStream.rangeClosed(1, 99)
            .mapToObj(i -> "n" + i + ".example.com")
            .collect(Collectors.joining(","));
    Order order = claim(named("n0.example.com", others));

    for (int i = 0; i <= 99; i++) {
      assertThat(all(of("n" + i + ".example.com"))).as("name %d", i).containsExactly(order);
    }
    assertThat(get(book.claim(order, "again")).won()).isFalse();
  }

  private static Order named(String domain, String others) {
    return Order.requested(
        Identity.of(TENCENT, "main", DomainName.parse(domain), 1, T0),
        Orders.TERMS.withOptions(Map.of("alternativeNames", others)));
  }

  private static OrderFilter of(String domain) {
    return new OrderFilter(null, null, DomainName.parse(domain), null);
  }

  @Test
  void aListBeginsAtATimeOfCreation() {
    Order before = claim(order("a.example.com", T0.plusSeconds(9).minusNanos(1)));
    Order at = claim(order("b.example.com", T0.plusSeconds(9)));
    Order after = claim(order("a.example.net", T0.plusSeconds(10)));
    Order huawei = claim(Orders.requested(HUAWEI, "main", "a.example.com", 1, T0.plusSeconds(11)));

    assertThat(all(since(null, T0.plusSeconds(9)))).containsExactly(at, after, huawei);
    assertThat(all(since(before.domain(), T0.plusSeconds(9)))).containsExactly(huawei);
    assertThat(all(since(null, Instant.MIN))).hasSize(4);
    assertThat(all(since(null, Instant.MAX))).isEmpty();
    Page first = get(book.list(since(null, T0.plusSeconds(9)), null, 1));
    assertThat(get(book.list(since(null, T0.plusSeconds(9)), first.next(), 9)).orders())
        .containsExactly(after, huawei);
  }

  private static OrderFilter since(@Nullable DomainName domain, Instant since) {
    return new OrderFilter(null, null, domain, null, null, since);
  }

  @Test
  void aRareMatchIsFoundAmongManyOrders() {
    for (int i = 0; i < 600; i++) {
      claim(order("n" + i + ".example.com", T0.plusSeconds(i)));
    }
    Order rare = claim(Orders.requested(HUAWEI, "main", "z.example.com", 1, T0.plusSeconds(601)));

    assertThat(get(book.list(new OrderFilter(null, HUAWEI, null, null), null, 1)))
        .isEqualTo(new Page(List.of(rare), null));
    assertThat(get(book.list(OrderFilter.all(), null, 1000)).orders()).hasSize(601);
  }

  @Test
  void aCursorThatIsNoneIsAnswered() {
    for (String cursor : new String[] {"", "!", "bm9uZQ", "0".repeat(200)}) {
      assertThatThrownBy(() -> get(book.list(OrderFilter.all(), cursor, 5)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cursor");
    }
  }

  @Test
  void aLimitUnderOneIsAnswered() {
    assertThatThrownBy(() -> get(book.list(OrderFilter.all(), null, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("limit");
    assertThatThrownBy(() -> get(book.due(T0, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("limit");
  }

  @Test
  void whatIsDueComesLongestOverdueFirst() {
    Order late = scheduled("late.example.com", T0.plusSeconds(30), null);
    Order later = scheduled("later.example.com", T0.plusSeconds(40), T0.plusSeconds(50));
    Order ended = scheduled("ended.example.com", T0.plusSeconds(99), T0.plusSeconds(20));
    Order deadlineOnly = scheduled("deadline.example.com", null, T0.plusSeconds(35));
    scheduled("future.example.com", T0.plusSeconds(60).plusNanos(1), null);
    scheduled("never.example.com", null, null);
    Order now = scheduled("now.example.com", T0.plusSeconds(60), null);

    assertThat(get(book.due(T0.plusSeconds(60), 10)))
        .containsExactly(ended, late, deadlineOnly, later, now);
    assertThat(get(book.due(T0.plusSeconds(60), 2))).containsExactly(ended, late);
    assertThat(get(book.due(T0, 10))).isEmpty();
  }

  @Test
  void aLookAtWhatIsServedIsDueAtItsOwnTime() {
    Order issued = issued("looked.example.com", T0, Duration.ofDays(50));
    Order looked =
        issued
            .with(issued.issuance().withServed(Served.delivered(null, T0)))
            .withNextStepAt(T0.plusSeconds(60))
            .recordedAt(T0);
    get(book.transition(looked, "delivered", null));

    assertThat(get(book.due(T0.plusSeconds(9), 10))).isEmpty();
    assertThat(get(book.due(T0.plusSeconds(10), 10))).containsExactly(looked);
  }

  @Test
  void whatIsKnownToBeDueIsLeftOut() {
    Order first = scheduled("first.example.com", T0.plusSeconds(1), null);
    Order second = scheduled("second.example.com", T0.plusSeconds(2), null);
    Order third = scheduled("third.example.com", T0.plusSeconds(3), null);

    assertThat(get(book.due(T0.plusSeconds(9), Set.of(first.id()), 1))).containsExactly(second);
    assertThat(get(book.due(T0.plusSeconds(9), Set.of(first.id(), second.id()), 9)))
        .containsExactly(third);
  }

  @Test
  void anOrderThatWasRescheduledIsDueAtItsNewTimeOnly() {
    Order order = scheduled("a.example.com", T0.plusSeconds(1), null);
    Order moved =
        get(book.transition(order.withNextStepAt(T0.plusSeconds(9)).recordedAt(T0), "wait", null));

    assertThat(get(book.due(T0.plusSeconds(8), 10))).isEmpty();
    assertThat(get(book.due(T0.plusSeconds(9), 10))).containsExactly(moved);

    get(book.transition(moved.withNextStepAt(null).recordedAt(T0), "nothing to do", null));
    assertThat(get(book.due(T0.plusSeconds(9), 10))).isEmpty();
  }
}
