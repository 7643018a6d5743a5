package dev.polycert.order.use;

import static dev.polycert.order.ScriptedProvider.Call.CHECK;
import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.RECORD;
import static dev.polycert.order.VendorAnswers.deferred;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.order.AbsentProvider;
import dev.polycert.order.Cancellation;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Information;
import dev.polycert.provider.Phase;
import dev.polycert.testing.Csrs;
import dev.polycert.testing.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Orders of a provider that a later build does not have: they say so, and are in nobody's way. */
class AbsentProviderTest {
  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider old = new ScriptedProvider("second");
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private Desk desk = resources.add(new Desk(resources.directory(), vendor, old));

  private void buildWithoutIt() {
    Duration passed = Duration.between(Desk.START, desk.now());
    desk.close();
    desk = resources.add(new Desk(resources.directory(), vendor));
    desk.advance(passed);
  }

  private Order apply() {
    return desk.applyAt("second", "www.example.com");
  }

  @Test
  void theSweepRecordsWhyAndGoesOnToTheOthers() {
    old.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    Order left = apply();
    desk.advance(Duration.ofSeconds(1));
    vendor
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c2", RECORD))
        .on(CHECK, issued("c2", desk.now().plus(Duration.ofDays(90))));
    Order other = desk.apply("www.example.com");
    buildWithoutIt();
    desk.advance(Duration.ofMinutes(1));

    desk.renew();

    assertThat(desk.find(other.id()).state()).isEqualTo(OrderState.ISSUED);
    Order swept = desk.find(left.id());
    assertThat(swept.state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertThat(swept.error().code()).isEqualTo("Provider.Absent");
    assertThat(swept.error().message()).isEqualTo("there is no provider second any more");
    assertThat(swept.nextStepAt()).isAfter(desk.now());
    assertThat(desk.renew()).as("it is not due again at once").isEmpty();
    assertThat(desk.all()).hasSize(2);

    desk.advance(Duration.ofDays(4));
    desk.renew();
    assertThat(desk.find(left.id()).error().code()).isEqualTo("Deadline.PENDING_VALIDATION");
  }

  @Test
  void aCertificateIsNotRenewedAndExpiresByName() {
    old.on(PREPARE, issued("c1", desk.now().plus(Duration.ofDays(90))));
    Order left = apply();
    buildWithoutIt();
    desk.advance(Duration.ofDays(61));

    desk.renew();
    assertThat(desk.find(left.id()).error().code()).isEqualTo("Provider.Absent");
    assertThat(desk.renew()).as("it is not due again at once").isEmpty();

    desk.advance(Duration.ofDays(30));
    desk.renew();
    assertThat(desk.find(left.id()).state()).isEqualTo(OrderState.EXPIRED);
  }

  @Test
  void everyRequestForAnOrderOfItSaysThatItIsGone() {
    old.on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_INFORMATION, "c1"))
        .on(CHECK, progress(Phase.PENDING_INFORMATION, "c1"))
        .on(PREPARE, issued("c2", desk.now().plus(Duration.ofDays(90))));
    old.missing = List.of("information.csr");
    Order waiting = apply();
    Order issued = desk.applyAt("second", "shop.example.com");
    buildWithoutIt();

    Information csr = new Information(null, null, null, Csrs.of("www.example.com").pem(), true);
    Submit.Entry submitted = desk.submit(waiting.id(), csr);
    assertThat(submitted.error().message()).isEqualTo("there is no provider second any more");
    assertThat(submitted.notes()).isEmpty();
    assertThat(desk.deploy(issued.id()).error().message()).contains("no provider second any more");
    DeliveryTarget shelf = new DeliveryTarget("shelf", Map.of("row", "3"));
    assertThat(desk.deliver(issued.id(), List.of(shelf), List.of()).error().message())
        .contains("no provider second any more");
    assertThat(desk.deliver(issued.id(), List.of(), List.of(shelf)).error()).isNull();
    assertThatThrownBy(() -> desk.export(issued.id(), false))
        .hasMessageContaining("no provider second any more");
    assertThat(desk.check(issued.id()).state()).isEqualTo(OrderState.ISSUED);
    assertThat(desk.find(waiting.id()).state()).isEqualTo(OrderState.PENDING_INFORMATION);
  }

  @Test
  void anAccountThatIsGoneIsNamedWithItsSetting() {
    assertThat(new AbsentProvider("vendor@prod2").error().message())
        .contains("vendor@prod2", "polycert.account.\"prod2\".vendor");
  }

  @Test
  void anOrderIsCancelledWhereNothingWasSentAndSaysElsewhereThatNobodyCan() {
    old.on(PREPARE, deferred(desk.now().plusSeconds(60), "no token"))
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    Order unsent = apply();
    Order sent = desk.applyAt("second", "shop.example.com");
    buildWithoutIt();

    assertThat(desk.end(Cancellation.Kind.CANCEL, unsent.id()).getFirst().order().state())
        .isEqualTo(OrderState.CANCELLED);
    assertThat(desk.check(sent.id()).error().code()).isEqualTo("Provider.Absent");
    assertThat(desk.end(Cancellation.Kind.DELETE, sent.id()).getFirst().error().message())
        .isEqualTo("there is no provider second any more.");
  }
}
