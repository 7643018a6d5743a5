package dev.polycert.function;

import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.exported;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.order.Delivery.State;
import dev.polycert.order.Order;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Desk;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.testing.Resources;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A delivery is tried again whatever its error, because somebody may mend the target. */
class DeliveryErrorsTest {
  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));

  @ParameterizedTest
  @CsvSource({
    "FINAL, HTTP.302, WAITING, DELIVERED",
    "CREDENTIALS, HostKey.Changed, WAITING, DELIVERED",
    "RETRY, HTTP.503, WAITING, DELIVERED",
    "FINAL, ForGood, REFUSED, REFUSED"
  })
  void onlyWhatIsRefusedForGoodIsNotTriedAgain(
      ErrorClass errorClass, String code, State state, State later) {
    vendor.export = exported("fake-private-key");
    vendor.on(PREPARE, ready()).on(PLACE, issued("c1", desk.now().plus(Duration.ofDays(90))));
    desk.deliverer.refusal = new VendorError(errorClass, code, "no");
    Order order = desk.applyAuto("www.example.com", new DeliveryTarget("shelf", Map.of()));

    OrderView.DeliveryView delivery = OrderView.of(order).deliveries().getFirst();
    desk.deliverer.refusal = null;
    desk.advance(Duration.ofDays(1));
    desk.renew();

    assertThat(delivery.state()).isEqualTo(state);
    assertThat(delivery.error())
        .isNotNull()
        .returns(errorClass == ErrorClass.RETRY, ErrorView::retryable);
    assertThat(desk.find(order.id()).deliveries().getFirst().state()).isEqualTo(later);
  }
}
