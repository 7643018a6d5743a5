package dev.polycert.order.use;

import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.RECORD;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Order;
import dev.polycert.order.OrderException;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.provider.Phase;
import dev.polycert.testing.Resources;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one invocation has no time for is on record, and somebody else sends it. */
class WorkTest {
  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));

  @Test
  void withoutTimeEverythingIsRecordedAndNothingSent() {
    List<Apply.Entry> applied = desk.applyWithoutTime("a.example.com", "b.example.com");

    assertThat(applied)
        .extracting(entry -> desk.find(entry.order().id()).state())
        .containsExactly(OrderState.REQUESTED, OrderState.REQUESTED);
    assertThat(vendor.calls).isEmpty();
  }

  @Test
  void aWorkerSendsWhatWasLeftOnce() {
    Order left = desk.applyWithoutTime("www.example.com").getFirst().order();
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));

    assertThat(desk.work(left.id()).state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertThat(desk.work(left.id()).state()).isEqualTo(OrderState.PENDING_VALIDATION);

    assertThat(vendor.calls).containsExactly(PREPARE, PLACE);
  }

  @Test
  void theSweepSendsWhatNoWorkerTook() {
    desk.applyWithoutTime("www.example.com");
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));

    desk.advance(Duration.ofMinutes(1));

    assertThat(desk.renew())
        .extracting(Order::state)
        .containsExactly(OrderState.PENDING_VALIDATION);
  }

  @Test
  void anOrderThatIsNotThereIsAFailureAndNotSuccessOnNothing() {
    OrderId unknown = OrderId.of("vendor", "default", DomainName.parse("www.example.com"), 1);

    assertThatThrownBy(() -> desk.work(unknown)).isInstanceOf(OrderException.Unknown.class);
  }
}
