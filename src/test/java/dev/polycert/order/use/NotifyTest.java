package dev.polycert.order.use;

import static dev.polycert.order.ScriptedProvider.Call.CHECK;
import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.RECORD;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.order.Notice;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.provider.Phase;
import dev.polycert.store.MemoryOrderBook;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the notice of a transition when the process dies at its record. */
class NotifyTest {
  private final MemoryOrderBook book = new MemoryOrderBook();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private Order order;

  @BeforeEach
  void apply() {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    try (Desk desk = new Desk(book, vendor)) {
      order = desk.apply("www.example.com");
      vendor.on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));
    }
  }

  /** A process that dies when the order is issued, with the notices that it had sent by then. */
  private List<Notice> dies(UnaryOperator<Uni<Order>> record) {
    try (Desk desk = new Desk(dying(record), vendor)) {
      desk.check
          .orders(List.of(order.id()), desk.now().plusSeconds(20))
          .subscribe()
          .with(answer -> {});
      return List.copyOf(desk.notices);
    }
  }

  private OrderBook dying(UnaryOperator<Uni<Order>> record) {
    return (OrderBook)
        Proxy.newProxyInstance(
            OrderBook.class.getClassLoader(),
            new Class<?>[] {OrderBook.class},
            (proxy, method, arguments) ->
                method.getName().equals("transition")
                        && arguments[0] instanceof Order next
                        && next.state() == OrderState.ISSUED
                    ? record.apply(book.transition(next, "issued", null))
                    : method.invoke(book, arguments));
  }

  @Test
  void nothingIsToldOfThatIsNotOnRecord() {
    assertThat(dies(recorded -> Uni.createFrom().nothing())).isEmpty();

    vendor.on(CHECK, issued("c1", Desk.START.plus(Duration.ofDays(90))));
    try (Desk next = new Desk(book, vendor)) {
      next.advance(Duration.ofDays(1));
      next.renew();
      assertThat(next.notices)
          .as("told of by whoever records it")
          .extracting(Notice::type)
          .containsExactly("dev.polycert.order.issued");
    }
  }

  /** The log of a process that dies in between lacks it; the table's stream does not. */
  @Test
  void whatIsOnRecordIsToldOfByTheStreamAlone() {
    assertThat(dies(recorded -> recorded.flatMap(it -> Uni.createFrom().nothing()))).isEmpty();

    try (Desk next = new Desk(book, vendor)) {
      next.advance(Duration.ofDays(1));
      next.renew();
      Order issued = next.find(order.id());
      assertThat(issued.state()).isEqualTo(OrderState.ISSUED);
      assertThat(next.notices).isEmpty();

      var told = new Notify.Recorded(issued.id(), issued.version());
      List<Notice> twice = next.notify.notices(List.of(told, told)).await().indefinitely();
      assertThat(twice)
          .as("delivered twice, known as one")
          .extracting(Notice::id)
          .containsExactly(
              issued.id() + "/" + issued.version(), issued.id() + "/" + issued.version());
      assertThat(twice).extracting(Notice::type).containsOnly("dev.polycert.order.issued");
    }
  }
}
