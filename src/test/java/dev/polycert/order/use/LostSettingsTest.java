package dev.polycert.order.use;

import static dev.polycert.order.ScriptedProvider.Call.CHECK;
import static dev.polycert.order.ScriptedProvider.Call.DELETE;
import static dev.polycert.order.ScriptedProvider.Call.LOOK;
import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.ScriptedProvider.Call.REVOKE;
import static dev.polycert.order.VendorAnswers.RECORD;
import static dev.polycert.order.VendorAnswers.absent;
import static dev.polycert.order.VendorAnswers.error;
import static dev.polycert.order.VendorAnswers.exported;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.order.Attention;
import dev.polycert.order.Cancellation;
import dev.polycert.order.Delivery;
import dev.polycert.order.Notice;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedDeliverer;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Phase;
import dev.polycert.testing.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Orders outlive the settings of their process: they say what they lack, and go on once it is
 * there.
 */
class LostSettingsTest {
  private static final DeliveryTarget SHELF = new DeliveryTarget("shelf", Map.of("row", "3"));

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final ScriptedDeliverer far = new ScriptedDeliverer("far@b");
  private Desk desk = resources.add(new Desk(resources.directory(), List.of(far), vendor));

  private void restart(List<ScriptedDeliverer> deliverers, CertificateProvider... providers) {
    Duration passed = Duration.between(Desk.START, desk.now());
    List<Notice> before = desk.notices;
    desk.close();
    desk = resources.add(new Desk(resources.directory(), deliverers, providers));
    desk.notices.addAll(before);
    desk.advance(passed);
  }

  private void issues(String id) {
    vendor.on(PREPARE, ready()).on(PLACE, issued(id, desk.now().plus(Duration.ofDays(90))));
  }

  private Order pending() {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    return desk.apply("www.example.com");
  }

  private List<Order> sweepFor(Duration time, Duration every) {
    for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(every)) {
      desk.advance(every);
      desk.renew();
    }
    return desk.all();
  }

  private static String code(Order order) {
    return Objects.requireNonNull(order.error()).code();
  }

  // --- deliveries ---

  @Test
  void aDeliveryNamesTheProviderThatIsGoneAndIsMadeOnceItIsBack() {
    vendor.export = exported("key");
    issues("c1");
    desk.deliverer.refusal = error(ErrorClass.RETRY);
    Order order = desk.applyAuto("www.example.com", SHELF);
    restart(List.of(far));
    desk.advance(Duration.ofMinutes(2));

    desk.renew();

    assertThat(desk.find(order.id()).deliveries())
        .singleElement()
        .matches(it -> it.state() == Delivery.State.WAITING)
        .matches(it -> it.error().code().equals("Provider.Absent"))
        .matches(it -> it.error().message().contains("there is no provider vendor any more"));
    assertThat(desk.renew()).as("it is not due again at once").isEmpty();

    restart(List.of(far), vendor);
    desk.advance(Duration.ofHours(7));
    desk.renew();
    assertThat(desk.find(order.id()).deliveries())
        .extracting(Delivery::state)
        .containsExactly(Delivery.State.DELIVERED);
    assertThat(desk.deliverer.delivered).hasSize(1);
  }

  @Test
  void aDeliveryWithTheKeysOfAnotherAccountSaysWhichAccountItNeeds() {
    vendor.export = absent(null);
    issues("c1");
    vendor.account = "default";
    Order order = desk.applyAuto("www.example.com", SHELF);
    vendor.account = "another";
    desk.advance(Duration.ofMinutes(2));

    desk.renew();

    Delivery delivery = desk.find(order.id()).deliveries().getFirst();
    assertThat(delivery.state()).isEqualTo(Delivery.State.WAITING);
    assertThat(delivery.error().message())
        .contains("default", "another", "polycert.provider.\"vendor\".account");
  }

  @Test
  void aTargetWhoseAccountIsGoneIsNamedWithItsSettingAndServedOnceItIsBack() {
    vendor.export = exported("key");
    issues("c1");
    far.refusal = error(ErrorClass.RETRY);
    Order order =
        desk.applyAuto("www.example.com", new DeliveryTarget("far@b", Map.of("row", "1")), SHELF);
    restart(List.of(), vendor);
    desk.advance(Duration.ofMinutes(2));

    desk.renew();

    Order lacking = desk.find(order.id());
    assertThat(lacking.deliveries())
        .extracting(Delivery::state)
        .containsExactly(Delivery.State.WAITING, Delivery.State.DELIVERED);
    assertThat(lacking.deliveries().getFirst().error().message())
        .contains("there is no deliverer far@b any more", "polycert.account.\"b\".vendor");
    assertThat(desk.renew()).as("it is not due again at once").isEmpty();

    far.refusal = null;
    restart(List.of(far), vendor);
    desk.advance(Duration.ofHours(7));
    desk.renew();
    assertThat(desk.find(order.id()).deliveries())
        .extracting(Delivery::state)
        .containsOnly(Delivery.State.DELIVERED);
    assertThat(far.delivered).hasSize(1);
  }

  // --- renewals ---

  @Test
  void aRenewalWhoseProviderIsGoneIsAnnouncedBeforeTheEndAndMadeOnceItIsBack() {
    issues("c1");
    Order order = desk.apply("www.example.com");
    restart(List.of(far));

    sweepFor(Duration.ofDays(70), Duration.ofDays(1));
    Order lacking = desk.find(order.id());
    assertThat(code(lacking)).isEqualTo("Provider.Absent");
    assertThat(Attention.of(lacking, desk.now())).contains(Attention.CREDENTIALS);
    sweepFor(Duration.ofDays(10), Duration.ofHours(6));
    assertThat(desk.notices)
        .filteredOn(it -> it.type().equals(Notice.Kind.EXPIRING.type()))
        .isNotEmpty()
        .allMatch(it -> "Provider.Absent".equals(it.data().error()));
    assertThat(desk.history(order.id())).as("it is looked at now and then").hasSizeLessThan(40);
    assertThat(desk.all()).hasSize(1);

    restart(List.of(far), vendor);
    issues("c2");
    sweepFor(Duration.ofDays(3), Duration.ofHours(6));

    assertThat(desk.latest("www.example.com").renewalOf()).isEqualTo(order.id());
    assertThat(desk.find(order.id()).error()).isNull();
    assertThat(vendor.calls).containsExactly(PREPARE, PLACE, PREPARE, PLACE);
  }

  @Test
  void aLackThatIsMendedIsNotReportedWhileTheRenewalIsUnderWay() {
    issues("c1");
    Order order = desk.apply("www.example.com");
    vendor.missingVariables = List.of("SOME_KEY");
    sweepFor(Duration.ofDays(62), Duration.ofDays(2));
    assertThat(desk.find(order.id()).error().message())
        .isEqualTo("set SOME_KEY in the environment");

    vendor.missingVariables = List.of();
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c2", RECORD));
    vendor.on(CHECK, progress(Phase.PENDING_VALIDATION, "c2", RECORD));
    desk.advance(Duration.ofDays(3));
    desk.renew();

    assertThat(desk.latest("www.example.com").state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertThat(desk.find(order.id()).error()).isNull();
  }

  @Test
  void theEndThatNearsNamesWhatTheRenewalUnderWayLacks() {
    issues("c1");
    Order order = desk.apply("www.example.com");
    desk.advance(Duration.ofDays(61));
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c2", RECORD));
    desk.renew();
    assertThat(desk.latest("www.example.com").state()).isEqualTo(OrderState.PENDING_VALIDATION);

    vendor.missingVariables = List.of("SOME_KEY");
    sweepFor(Duration.ofDays(20), Duration.ofHours(6));

    assertThat(desk.notices)
        .filteredOn(it -> it.type().equals(Notice.Kind.EXPIRING.type()))
        .isNotEmpty()
        .allMatch(it -> "set SOME_KEY in the environment".equals(it.data().message()));
    assertThat(desk.latest("www.example.com").generation()).isEqualTo(2);
    assertThat(desk.find(order.id()).state()).isEqualTo(OrderState.ISSUED);
  }

  // --- ends ---

  @Test
  void whatIsBeingRevokedIsNotLookedForWithTheKeysOfAnotherAccount() {
    issues("c1");
    Order order = desk.apply("www.example.com");
    vendor.on(REVOKE, progress(Phase.UNKNOWN, "c1"));
    desk.end(Cancellation.Kind.REVOKE, order.id());

    vendor.account = "another";
    sweepFor(Duration.ofHours(3), Duration.ofMinutes(30));

    Order lacking = desk.find(order.id());
    assertThat(lacking.state()).isEqualTo(OrderState.ISSUED);
    assertThat(lacking.ends()).isTrue();
    assertThat(code(lacking)).isEqualTo("OtherAccount");
    assertThat(vendor.calls).doesNotContain(LOOK);

    vendor.account = "default";
    vendor.on(LOOK, progress(Phase.REVOKED, "c1"));
    desk.advance(Duration.ofHours(1));
    desk.renew();
    assertThat(desk.find(order.id()).state()).isEqualTo(OrderState.REVOKED);
  }

  @Test
  void anApplicationIsGivenUpWithoutItsVendorAndSaysWhatIsLeftThere() {
    Order order = pending();
    restart(List.of(far));

    Cancellation given = desk.end(Cancellation.Kind.CANCEL, order.id()).getFirst();

    assertThat(given.done()).isTrue();
    assertThat(given.order().state()).isEqualTo(OrderState.CANCELLED);
    assertThat(given.order().message())
        .contains("vendor may still have", "c1", "there is no provider vendor any more");
    desk.advance(Duration.ofDays(1));
    assertThat(desk.renew()).isEmpty();

    restart(List.of(far), vendor);
    vendor.on(DELETE, absent(null));
    assertThat(desk.end(Cancellation.Kind.DELETE, order.id()).getFirst().done()).isTrue();
  }

  @Test
  void aCertificateIsNotRevokedWithoutItsVendor() {
    issues("c1");
    Order order = desk.apply("www.example.com");
    vendor.missingVariables = List.of("SOME_KEY");

    Cancellation refused = desk.end(Cancellation.Kind.REVOKE, order.id()).getFirst();

    assertThat(refused.done()).isFalse();
    assertThat(refused.error().message()).isEqualTo("set SOME_KEY in the environment");
    assertThat(refused.order().state()).isEqualTo(OrderState.ISSUED);
  }
}
