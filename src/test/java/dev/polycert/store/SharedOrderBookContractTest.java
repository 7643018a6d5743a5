package dev.polycert.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderBook.Claim;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.order.Orders;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What an order book promises that is on a server, for any number of processes. */
public abstract class SharedOrderBookContractTest extends OrderBookContractTest {

  /** As when the answer was lost on its way: the caller asks again. */
  @Test
  void aTransitionThatIsSentAgainIsNotStale() throws Exception {
    OrderBook book = emptyBook();
    Order order = Orders.full();
    get(book.claim(order, "requested"));
    Order next = order.with(order.report().withMessage("moved")).recordedAt(Orders.T0);
    Uni<Order> transition = book.transition(next, "moved", null);
    get(transition);

    assertThat(get(transition)).isEqualTo(next);
    assertThat(get(book.history(order.id()))).hasSize(2);
    assertThatThrownBy(() -> get(book.transition(next, "moved", null)))
        .isInstanceOf(StaleOrderException.class);
  }

  @Test
  void aClaimThatIsSentAgainIsStillWon() throws Exception {
    Order order = Orders.full();
    Uni<Claim> claim = emptyBook().claim(order, "requested");
    get(claim);

    assertThat(get(claim)).isEqualTo(new Claim(order, true));
  }

  @Test
  void anOrderThatOneSweepHasTakenIsDueForNoOther() throws Exception {
    OrderBook book = emptyBook();
    Instant due = Orders.T0.plusSeconds(10);
    Order order = Orders.requested("p", "a.example.com").withNextStepAt(due);
    get(book.claim(order, "requested"));

    assertThat(get(book.lease(order, due, due.plusSeconds(60)))).isTrue();
    assertThat(get(book.lease(order, due, due.plusSeconds(60)))).isFalse();
    assertThat(get(book.due(due.plusSeconds(59), 10))).isEmpty();
    assertThat(get(book.due(due.plusSeconds(60), 10))).containsExactly(order);
    Order moved = order.withNextStepAt(due.plusSeconds(20)).recordedAt(due);
    get(book.transition(moved, "moved", null));

    assertThat(get(book.lease(order, due.plusSeconds(60), due.plusSeconds(90)))).isFalse();
    assertThat(get(book.due(due.plusSeconds(20), 10))).containsExactly(moved);
  }

  /** Times are those of the processes, and of no server. */
  @Test
  void processesWhoseClocksAreTwoMinutesApartDoNotTakeTheSame() throws Exception {
    OrderBook book = emptyBook();
    Duration ahead = Duration.ofMinutes(2);
    Instant due = Orders.T0.plusSeconds(200);
    Order order = Orders.requested("p", "a.example.com").withNextStepAt(due);
    get(book.claim(order, "requested"));

    Instant theirs = due;
    Instant ours = theirs.minus(ahead);
    assertThat(get(book.due(ours, 10))).isEmpty();
    assertThat(get(book.lease(order, ours, ours.plusSeconds(60)))).isFalse();
    assertThat(get(book.lease(order, theirs, theirs.plusSeconds(60)))).isTrue();
    assertThat(get(book.turn("look", theirs, theirs.plusSeconds(60)))).isTrue();

    Instant later = ours.plusSeconds(60).plus(ahead).minusNanos(1);
    assertThat(get(book.due(later, 10))).isEmpty();
    assertThat(get(book.turn("look", later, later.plusSeconds(60)))).isFalse();
    assertThat(get(book.due(later.plusNanos(1), 10))).containsExactly(order);
  }
}
