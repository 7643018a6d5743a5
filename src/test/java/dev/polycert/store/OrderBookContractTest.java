package dev.polycert.store;

import static dev.polycert.order.Orders.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.domain.DomainName;
import dev.polycert.order.ApiKey;
import dev.polycert.order.HistoryEntry;
import dev.polycert.order.Identity;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderBook.Claim;
import dev.polycert.order.OrderBook.Page;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.Orders;
import dev.polycert.order.PullKey;
import dev.polycert.order.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What {@link OrderBook} promises; every order book extends this. */
public abstract class OrderBookContractTest extends OrderBookListContract {
  @Test
  void ofManyClaimsForOneOrderExactlyOneWins() throws Exception {
    for (int round = 0; round < 20; round++) {
      Order order = Orders.requested(TENCENT, "race" + round + ".example.com");

      List<Claim> claims = atOnce(i -> book.claim(order, "by " + i));

      assertThat(claims).filteredOn(Claim::won).hasSize(1);
      assertThat(claims).extracting(Claim::order).containsOnly(order);
      assertThat(get(book.history(order.id()))).hasSize(1);
    }
  }

  @Test
  void claimingLaterGivesTheOrderAsItIsNow() {
    Order moved = move(claimed(TENCENT, "a.example.com"), OrderState.APPLYING);

    Claim late = get(book.claim(Orders.requested(TENCENT, "a.example.com"), "again"));

    assertThat(late).isEqualTo(new Claim(moved, false));
  }

  @Test
  void everyMemberIsKept() {
    Order order = Orders.full();
    get(book.claim(order, "all of it"));

    assertThat(get(book.find(order.id()))).contains(order);
  }

  @Test
  void labelsHaveGenerationsOfTheirOwn() {
    DomainName domain = DomainName.parse("a.example.com");
    Order plain = claimed(TENCENT, "a.example.com");
    Identity labelled = Identity.of(TENCENT, plain.account(), domain, "ec", 1, T0);
    Order ec = Order.requested(labelled, plain.terms());

    assertThat(get(book.claim(ec, "requested")).won()).isTrue();

    assertThat(get(book.find(ec.id()))).contains(ec);
    assertThat(get(book.latest(TENCENT, plain.series(), domain))).contains(plain);
    assertThat(get(book.latest(TENCENT, ec.series(), domain))).contains(ec);
    assertThat(get(book.latest(domain))).containsExactlyInAnyOrder(plain, ec);
    assertThat(get(book.list(new OrderFilter(null, null, null, "ec", null), null, 9)).orders())
        .containsExactly(ec);
  }

  @Test
  void findsNothingThatIsNotThere() {
    DomainName nowhere = DomainName.parse("nowhere.example.com");
    OrderId id = OrderId.of(TENCENT, "main", nowhere, 1);

    assertThat(get(book.find(id))).isEmpty();
    assertThat(get(book.history(id))).isEmpty();
    assertThat(get(book.latest(TENCENT, "main", nowhere))).isEmpty();
    assertThat(get(book.latest(nowhere))).isEmpty();
    assertThat(get(book.due(Instant.MAX, 10))).isEmpty();
    assertThat(get(book.list(OrderFilter.all(), null, 10))).isEqualTo(new Page(List.of(), null));
  }

  @Test
  void ofManyTransitionsFromOneVersionExactlyOneIsRecorded() throws Exception {
    Order order = claimed(TENCENT, "a.example.com");

    List<Order> recorded =
        atOnce(
                i -> {
                  Order next =
                      order
                          .with(order.report().withMessage("by " + i))
                          .recordedAt(T0.plusSeconds(1));
                  return book.transition(next, "moved", null)
                      .onFailure(StaleOrderException.class)
                      .recoverWithNull();
                })
            .stream()
            .filter(moved -> moved != null)
            .toList();

    assertThat(recorded).hasSize(1);
    assertThat(get(book.find(order.id()))).contains(recorded.getFirst());
    assertThat(get(book.history(order.id())))
        .extracting(HistoryEntry::version)
        .containsExactly(1L, 2L);
  }

  @Test
  void aTransitionThatSkipsAVersionIsStaleAndChangesNothing() {
    Order order = claimed(TENCENT, "a.example.com");
    Order skipped = order.recordedAt(T0).with(OrderState.FAILED).recordedAt(T0);

    assertThatThrownBy(() -> get(book.transition(skipped, "no", null)))
        .isInstanceOf(StaleOrderException.class);
    assertThat(get(book.find(order.id()))).contains(order);
    assertThat(get(book.history(order.id()))).hasSize(1);
  }

  @Test
  void aTransitionOfAnOrderThatIsNotThereIsStale() {
    Order unknown = Orders.requested(TENCENT, "a.example.com").recordedAt(T0);

    assertThatThrownBy(() -> get(book.transition(unknown, "no", null)))
        .isInstanceOf(StaleOrderException.class);
    assertThat(get(book.find(unknown.id()))).isEmpty();
  }

  @Test
  void theHistoryTellsEveryTransitionOldestFirst() {
    Order order = claimed(TENCENT, "a.example.com");
    Order applying = order.with(OrderState.APPLYING).recordedAt(T0.plusSeconds(1));
    get(book.transition(applying.by("key ci"), "sent", "req-1"));
    Order issued = applying.with(OrderState.ISSUED).recordedAt(T0.plusSeconds(2));
    get(book.transition(issued, "issued", null));
    claimed(TENCENT, "b.example.com");

    assertThat(get(book.history(order.id())))
        .containsExactly(
            new HistoryEntry(1, T0, null, OrderState.REQUESTED, "requested", null, null),
            new HistoryEntry(
                2,
                T0.plusSeconds(1),
                OrderState.REQUESTED,
                OrderState.APPLYING,
                "sent",
                "req-1",
                "key ci"),
            new HistoryEntry(
                3,
                T0.plusSeconds(2),
                OrderState.APPLYING,
                OrderState.ISSUED,
                "issued",
                null,
                null));
  }

  @Test
  void aLongHistoryStaysInOrder() {
    Order order = claimed(TENCENT, "a.example.com");
    for (int i = 2; i <= 120; i++) {
      order = get(book.transition(order.recordedAt(T0.plusSeconds(i)), "step", null));
    }

    assertThat(get(book.history(order.id())))
        .extracting(HistoryEntry::version)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 120).boxed().toList());
  }

  @Test
  void theLatestGenerationIsTheHighestOne() {
    DomainName domain = DomainName.parse("a.example.com");
    Order last = null;
    for (int generation : new int[] {2, 12, 1, 9}) {
      Order order = claim(Orders.requested(TENCENT, "main", "a.example.com", generation, T0));
      last = generation == 12 ? order : last;
    }
    claim(Orders.requested(TENCENT, "main2", "a.example.com", 30, T0));
    claim(Orders.requested(TENCENT, "main", "a.example.com.cn", 31, T0));

    assertThat(get(book.latest(TENCENT, "main", domain))).contains(last);
  }

  @Test
  void theLatestOfADomainHasOneOrderForEachProviderAndAccount() {
    claim(Orders.requested(TENCENT, "main", "a.example.com", 1, T0));
    Order second = claim(Orders.requested(TENCENT, "main", "a.example.com", 2, T0));
    Order other = claim(Orders.requested(TENCENT, "other", "a.example.com", 1, T0));
    claim(Orders.requested(HUAWEI, "main", "a.example.com", 1, T0));
    claim(Orders.requested(HUAWEI, "main", "a.example.com", 2, T0));
    Order huawei = claim(Orders.requested(HUAWEI, "main", "a.example.com", 3, T0));
    claim(Orders.requested(HUAWEI, "main", "*.a.example.com", 1, T0));
    claim(Orders.requested(HUAWEI, "main", "example.com", 1, T0));
    Order moved = move(second, OrderState.APPLYING);

    assertThat(get(book.latest(DomainName.parse("a.example.com"))))
        .containsExactlyInAnyOrder(moved, other, huawei);
  }

  @Test
  void ofManyOrdersThatReserveOneThingExactlyOneHasIt() throws Exception {
    List<Order> orders =
        IntStream.range(0, THREADS)
            .mapToObj(i -> claimed(HUAWEI, "n" + i + ".example.com"))
            .toList();

    List<Boolean> got = atOnce(i -> book.reserve("certificate-1", orders.get(i).id()));

    assertThat(got).filteredOn(has -> has).hasSize(1);
    OrderId owner = orders.get(got.indexOf(true)).id();
    assertThat(get(book.reserve("certificate-1", owner))).isTrue();
    OrderId other = orders.get(got.indexOf(false)).id();
    assertThat(get(book.reserve("certificate-1", other))).isFalse();
    assertThat(get(book.reserve("certificate-2", other))).isTrue();
  }

  @Test
  void aReservationEndsWithItsOrder() {
    Order first = claimed(HUAWEI, "a.example.com");
    Order second = claimed(HUAWEI, "b.example.com");
    get(book.reserve("certificate-1", first.id()));

    first = move(first, OrderState.ISSUED);
    assertThat(get(book.reserve("certificate-1", second.id()))).isFalse();

    move(first, OrderState.CANCELLED);
    assertThat(get(book.reserve("certificate-1", second.id()))).isTrue();
    assertThat(get(book.reserve("certificate-1", first.id()))).isFalse();
  }

  @Test
  void pullKeysAreKeptUntilTheyAreRemoved() {
    Instant at = Instant.parse("2026-01-02T03:04:05.000000006Z");
    PullKey one =
        new PullKey(
            "00a1",
            "ff01",
            DomainName.parse("*.example.com"),
            false,
            "the mail hub",
            List.of(DomainName.parse("example.com")),
            List.of("acme"),
            at);
    PullKey two =
        new PullKey(
            "00a0",
            "ff02",
            DomainName.parse("example.com"),
            true,
            null,
            List.of(),
            List.of(),
            at.plusNanos(1));

    get(book.put(two));
    get(book.put(one));

    assertThat(get(book.key(PullKey.class, "00a1"))).contains(one);
    assertThat(get(book.key(PullKey.class, "00a2"))).isEmpty();
    assertThat(get(book.keys(PullKey.class))).containsExactly(one, two);
    get(book.put(one.asRevoked()));
    assertThat(get(book.key(PullKey.class, "00a1"))).contains(one.asRevoked());
    assertThat(get(book.keys(PullKey.class))).containsExactly(one.asRevoked(), two);
    assertThat(get(book.list(OrderFilter.all(), null, 10)).orders()).isEmpty();
  }

  @Test
  void keysOfTheApiAreKeptApartFromPullKeys() {
    Instant at = Instant.parse("2026-01-02T03:04:05.000000006Z");
    ApiKey limited =
        new ApiKey(
            "00a1",
            "ff01",
            "ci",
            Set.of(Scope.READ, Scope.EXPORT_KEY),
            List.of(DomainName.parse("example.com"), DomainName.ofHost("192.0.2.7")),
            List.of("acme", "tencent-ssl@prod2"),
            at);
    ApiKey free =
        new ApiKey(
            "00a0", "ff02", "ops", Set.of(Scope.ADMIN), List.of(), List.of(), at.plusNanos(1));
    PullKey pull =
        new PullKey(
            "00a1", "ff03", DomainName.parse("example.com"), true, null, List.of(), List.of(), at);

    get(book.put(free));
    get(book.put(pull));
    get(book.put(limited));

    assertThat(get(book.key(ApiKey.class, "00a1"))).contains(limited);
    assertThat(get(book.keys(ApiKey.class))).containsExactly(limited, free);
    get(book.put(limited.asRevoked()));
    assertThat(get(book.key(ApiKey.class, "00a1"))).contains(limited.asRevoked());
    assertThat(get(book.key(PullKey.class, "00a1"))).contains(pull);
  }

  @Test
  void ofManyProcessesOneHasTheTurnUntilItIsOver() throws Exception {
    Instant now = Instant.parse("2026-01-02T03:04:05Z");
    Instant until = now.plus(Duration.ofDays(1));

    assertThat(atOnce(i -> book.turn("look", now, until))).filteredOn(has -> has).hasSize(1);

    assertThat(get(book.turn("look", until.minusMillis(1), until.plusSeconds(1)))).isFalse();
    assertThat(get(book.turn("another", now, until))).isTrue();
    assertThat(get(book.turn("look", until, until.plusSeconds(1)))).isTrue();
    assertThat(get(book.turn("look", until, until.plusSeconds(1)))).isFalse();
  }

  @Test
  void anOrderThatIsNotInTheBookKeepsItsReservation() {
    OrderId unknown = OrderId.of(HUAWEI, "main", DomainName.parse("x.example.com"), 1);

    assertThat(get(book.reserve("certificate-1", unknown))).isTrue();
    assertThat(get(book.reserve("certificate-1", claimed(HUAWEI, "b.example.com").id()))).isFalse();
  }
}
