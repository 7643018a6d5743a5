package dev.polycert.store;

import static dev.polycert.order.Orders.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.domain.DomainName;
import dev.polycert.order.HistoryEntry;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderBook.Claim;
import dev.polycert.order.OrderBook.Page;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.Orders;
import dev.polycert.provider.CertificateFacts;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link OrderBook} promises; every order book extends this. */
public abstract class OrderBookContractTest {
  private static final String TENCENT = "tencent-ssl";
  private static final String HUAWEI = "huawei-scm";
  private static final int THREADS = 64;

  private OrderBook book;

  /** A book with nothing in it. */
  protected abstract OrderBook emptyBook() throws Exception;

  @BeforeEach
  void open() throws Exception {
    // Outside of Quarkus the very first Uni must not be made by several threads at once.
    get(Uni.createFrom().voidItem());
    book = emptyBook();
  }

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
                  Order next = order.change().message("by " + i).at(T0.plusSeconds(1));
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
    Order skipped = order.change().at(T0).change().state(OrderState.FAILED).at(T0);

    assertThatThrownBy(() -> get(book.transition(skipped, "no", null)))
        .isInstanceOf(StaleOrderException.class);
    assertThat(get(book.find(order.id()))).contains(order);
    assertThat(get(book.history(order.id()))).hasSize(1);
  }

  @Test
  void aTransitionOfAnOrderThatIsNotThereIsStale() {
    Order unknown = Orders.requested(TENCENT, "a.example.com").change().at(T0);

    assertThatThrownBy(() -> get(book.transition(unknown, "no", null)))
        .isInstanceOf(StaleOrderException.class);
    assertThat(get(book.find(unknown.id()))).isEmpty();
  }

  @Test
  void theHistoryTellsEveryTransitionOldestFirst() {
    Order order = claimed(TENCENT, "a.example.com");
    Order applying = order.change().state(OrderState.APPLYING).at(T0.plusSeconds(1));
    get(book.transition(applying, "sent", "req-1"));
    Order issued = applying.change().state(OrderState.ISSUED).at(T0.plusSeconds(2));
    get(book.transition(issued, "issued", null));
    claimed(TENCENT, "b.example.com");

    assertThat(get(book.history(order.id())))
        .containsExactly(
            new HistoryEntry(1, T0, null, OrderState.REQUESTED, "requested", null),
            new HistoryEntry(
                2, T0.plusSeconds(1), OrderState.REQUESTED, OrderState.APPLYING, "sent", "req-1"),
            new HistoryEntry(
                3, T0.plusSeconds(2), OrderState.APPLYING, OrderState.ISSUED, "issued", null));
  }

  @Test
  void aLongHistoryStaysInOrder() {
    Order order = claimed(TENCENT, "a.example.com");
    for (int i = 2; i <= 120; i++) {
      order = get(book.transition(order.change().at(T0.plusSeconds(i)), "step", null));
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
  void anOrderThatWasRescheduledIsDueAtItsNewTimeOnly() {
    Order order = scheduled("a.example.com", T0.plusSeconds(1), null);
    Order moved =
        get(book.transition(order.change().nextStepAt(T0.plusSeconds(9)).at(T0), "wait", null));

    assertThat(get(book.due(T0.plusSeconds(8), 10))).isEmpty();
    assertThat(get(book.due(T0.plusSeconds(9), 10))).containsExactly(moved);

    get(book.transition(moved.change().nextStepAt(null).at(T0), "nothing to do", null));
    assertThat(get(book.due(T0.plusSeconds(9), 10))).isEmpty();
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
  void anOrderThatIsNotInTheBookKeepsItsReservation() {
    OrderId unknown = OrderId.of(HUAWEI, "main", DomainName.parse("x.example.com"), 1);

    assertThat(get(book.reserve("certificate-1", unknown))).isTrue();
    assertThat(get(book.reserve("certificate-1", claimed(HUAWEI, "b.example.com").id()))).isFalse();
  }

  private static Order order(String domain, Instant createdAt) {
    return Orders.requested(TENCENT, "main", domain, 1, createdAt);
  }

  private Order claim(Order order) {
    assertThat(get(book.claim(order, "requested")).won()).isTrue();
    return order;
  }

  private Order claimed(String provider, String domain) {
    return claim(Orders.requested(provider, domain));
  }

  private Order move(Order order, OrderState state) {
    return get(book.transition(order.change().state(state).at(T0.plusSeconds(1)), "moved", null));
  }

  private Order scheduled(String domain, @Nullable Instant nextStepAt, @Nullable Instant deadline) {
    Order order = claimed(TENCENT, domain);
    return get(
        book.transition(
            order.change().nextStepAt(nextStepAt).deadline(deadline).at(T0), "scheduled", null));
  }

  private Order issued(String domain, Instant createdAt, Duration validity) {
    CertificateFacts facts =
        new CertificateFacts(
            domain, List.of(domain), null, null, null, null, T0, T0.plus(validity));
    Order order = claim(order(domain, createdAt));
    return get(
        book.transition(
            order.change().state(OrderState.ISSUED).certificate(facts).at(createdAt),
            "issued",
            null));
  }

  /** All orders of a filter, by pages of two. */
  private List<Order> all(OrderFilter filter) {
    List<Order> orders = new ArrayList<>();
    String cursor = null;
    do {
      Page page = get(book.list(filter, cursor, 2));
      orders.addAll(page.orders());
      cursor = page.next();
    } while (cursor != null);
    return orders;
  }

  private static <T> T get(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(30));
  }

  /** Calls from many threads that start together. */
  private static <T> List<@Nullable T> atOnce(IntFunction<Uni<T>> call) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<T>> answers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        answers.add(
            threads.submit(
                () -> {
                  start.await();
                  return get(call.apply(number));
                }));
      }
      start.countDown();
      List<T> got = new ArrayList<>();
      for (Future<T> answer : answers) {
        got.add(answer.get());
      }
      return got;
    }
  }
}
