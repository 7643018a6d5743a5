package dev.polycert.order.step;

import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.RECORD;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Desk;
import dev.polycert.provider.Phase;
import dev.polycert.store.MemoryOrderBook;
import dev.polycert.testing.Resources;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The answers of the book are lost, after it has recorded. */
class LostAnswersTest {
  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");

  private static OrderBook losing(OrderBook book) {
    return (OrderBook)
        Proxy.newProxyInstance(
            OrderBook.class.getClassLoader(),
            new Class<?>[] {OrderBook.class},
            (proxy, method, arguments) -> {
              Object answer = method.invoke(book, arguments);
              return method.getName().equals("transition") ? losing((Uni<?>) answer) : answer;
            });
  }

  /** Like the books that are shared: they recognise a call that is sent once more. */
  private static <T> Uni<T> losing(Uni<T> call) {
    AtomicBoolean lost = new AtomicBoolean();
    return call.memoize()
        .indefinitely()
        .onItem()
        .transformToUni(
            recorded ->
                lost.getAndSet(true)
                    ? Uni.createFrom().item(recorded)
                    : Uni.createFrom().failure(new IOException("the answer was lost")));
  }

  @Test
  void aRecordIsNotTakenForThatOfAnotherStep() {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    Desk desk = resources.add(new Desk(losing(new MemoryOrderBook()), vendor));

    Order order = desk.apply("www.example.com");

    assertThat(order.state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertThat(vendor.calls).containsExactly(PREPARE, PLACE);
    assertThat(desk.find(order.id())).isEqualTo(order);
  }
}
