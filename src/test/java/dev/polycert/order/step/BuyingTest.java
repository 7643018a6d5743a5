package dev.polycert.order.step;

import static dev.polycert.order.ScriptedProvider.Call.FIND;
import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.RECORD;
import static dev.polycert.order.VendorAnswers.absent;
import static dev.polycert.order.VendorAnswers.deferred;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Desk;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Reference;
import dev.polycert.testing.Resources;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an order has paid for is its own, whatever comes between the purchase and its use. */
class BuyingTest {
  @RegisterExtension final Resources resources = new Resources();
  private boolean diesAtReserving;
  private boolean dead;
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk =
      resources.add(new Desk(resources.directory(), List.of(), this::mortal, vendor));

  @Test
  void whatIsBoughtIsNeverUsedByTwoThoughItsBuyerDies() {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PLACING, "bought"));
    diesAtReserving = true;
    desk.apply("buyer.example.com");
    assertThat(dead).isTrue();

    dead = false;
    diesAtReserving = false;
    vendor
        .on(PREPARE, ready("bought"))
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "bought", RECORD));
    Order other = desk.apply("other.example.com");
    vendor
        .on(FIND, absent(null))
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PLACING, "second"))
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "second", RECORD));
    desk.advance(Duration.ofMinutes(3));
    Order buyer = desk.latest("buyer.example.com");
    desk.check(buyer.id());

    assertThat(desk.find(other.id()).reference()).isEqualTo(certificate("bought"));
    assertThat(desk.find(buyer.id()).reference()).isEqualTo(certificate("second"));
    assertThat(desk.find(buyer.id()).state()).isEqualTo(OrderState.PENDING_VALIDATION);
  }

  @Test
  void whatIsBoughtIsUsedAlthoughItsUseHadToWait() {
    Answer<?> noToken = deferred(desk.now().plusSeconds(30), "no token");
    vendor
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PLACING, "paid"))
        .on(PLACE, context -> Uni.createFrom().item(noToken))
        .on(PREPARE, ready("free", "paid"))
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "paid", RECORD));
    Order order = desk.apply("www.example.com");
    assertThat(order.state()).isEqualTo(OrderState.REQUESTED);

    desk.advance(Duration.ofSeconds(30));
    desk.renew();

    assertThat(vendor.seen.getLast().reference()).isEqualTo(certificate("paid"));
    assertThat(desk.find(order.id()).state()).isEqualTo(OrderState.PENDING_VALIDATION);
  }

  private static Reference certificate(String id) {
    return Reference.of("certificateId", id);
  }

  /**
   * The book of a process that dies, and writes nothing more, as it reserves what it has bought.
   */
  private OrderBook mortal(OrderBook book) {
    return (OrderBook)
        Proxy.newProxyInstance(
            OrderBook.class.getClassLoader(),
            new Class<?>[] {OrderBook.class},
            (proxy, method, arguments) -> {
              dead |= diesAtReserving && method.getName().equals("reserve");
              if (dead) {
                return Uni.createFrom().failure(new IllegalStateException("dead"));
              }
              try {
                return method.invoke(book, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
