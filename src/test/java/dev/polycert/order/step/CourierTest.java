package dev.polycert.order.step;

import static dev.polycert.order.ScriptedProvider.Call.CHECK;
import static dev.polycert.order.ScriptedProvider.Call.LOOK;
import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.ScriptedProvider.Call.REVOKE;
import static dev.polycert.order.VendorAnswers.RECORD;
import static dev.polycert.order.VendorAnswers.error;
import static dev.polycert.order.VendorAnswers.exported;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static dev.polycert.order.VendorAnswers.refused;
import static dev.polycert.order.VendorAnswers.unclear;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.domain.Finding;
import dev.polycert.order.Cancellation;
import dev.polycert.order.Delivery;
import dev.polycert.order.Delivery.State;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Desk;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.KeyForm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.PrivateKeyPem;
import dev.polycert.provider.Reference;
import dev.polycert.testing.Resources;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Certificates that are brought to where they are used, again at every renewal. */
class CourierTest {
  private static final DeliveryTarget SHELF = new DeliveryTarget("shelf", Map.of("row", "3"));

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));

  @BeforeEach
  void open() {
    vendor.export = exported("canary-private-key");
    vendor.on(PREPARE, ready()).on(PLACE, issued("c1", desk.now().plus(Duration.ofDays(90))));
  }

  @Test
  void anIssuedCertificateIsDeliveredAtOnceAndToldOfOnce() {
    Order order = desk.applyAuto("www.example.com", SHELF);

    assertThat(order.deliveries())
        .singleElement()
        .matches(delivery -> delivery.state() == Delivery.State.DELIVERED)
        .matches(delivery -> "shelf-1".equals(delivery.place()));
    assertThat(kinds()).containsExactly("issued");
    assertThat(order.nextStepAt()).isAfter(desk.now().plus(Duration.ofDays(50)));
    assertThat(desk.history(order.id()).toString() + order)
        .contains("DELIVERED to shelf")
        .doesNotContain("canary-private-key");
  }

  @Test
  void aKeyIsHiddenAsItWasSentAndAsItWasGiven() {
    CertificateBundle issued = IssuedCertificates.issued("www.example.com");
    PrivateKeyPem sent = KeyForm.TRADITIONAL.of(issued.privateKey());
    vendor.export = Answer.of(issued);
    desk.deliverer.keyForm = KeyForm.TRADITIONAL;
    desk.deliverer.refusal =
        new VendorError(
            ErrorClass.FINAL, "Odd", "got " + sent.reveal() + issued.privateKey().reveal());

    Order order = desk.applyAuto("www.example.com", SHELF);

    assertThat(order.toString())
        .contains("got")
        .doesNotContain(IssuedCertificates.secretLines(issued))
        .doesNotContain(
            IssuedCertificates.secretLines(new CertificateBundle(issued.certificate(), "", sent)));
  }

  @Test
  void whatIsRefusedForGoodIsTriedAgainWithTheNextCertificateAlone() {
    desk.deliverer.refusal = new VendorError(ErrorClass.FINAL, "ForGood", "another kind of key");
    Order order = desk.applyAuto("www.example.com", SHELF);
    assertThat(order.deliveries()).extracting(Delivery::state).containsExactly(State.REFUSED);
    assertThat(kinds()).contains("undelivered");

    desk.advance(Duration.ofDays(1));
    desk.renew();
    assertThat(desk.find(order.id()).deliveries())
        .extracting(Delivery::attempts)
        .containsExactly(1);

    desk.deliverer.refusal = null;
    vendor.on(PREPARE, ready()).on(PLACE, issued("c2", desk.now().plus(Duration.ofDays(150))));
    desk.advance(Duration.ofDays(60));
    desk.renew();
    assertThat(desk.latest("www.example.com").deliveries())
        .extracting(Delivery::state)
        .containsExactly(State.DELIVERED);
  }

  @Test
  void aRenewalTakesThePlaceOfTheCertificateBefore() {
    Order first = desk.applyAuto("www.example.com", SHELF);
    vendor.on(PREPARE, ready()).on(PLACE, issued("c2", desk.now().plus(Duration.ofDays(150))));
    desk.advance(Duration.ofDays(61));

    desk.renew();

    Order second = desk.latest("www.example.com");
    assertThat(second.renewalOf()).isEqualTo(first.id());
    assertThat(desk.deliverer.delivered).containsExactly("null", "shelf-1");
    assertThat(second.deliveries()).extracting(Delivery::place).containsExactly("shelf-2");
  }

  @Test
  void aFailedDeliveryIsToldOfHoweverLongItsRecordTakes() {
    desk.goOn();
    desk.deliverer.refusal = error(ErrorClass.FINAL);
    desk.applyAuto("www.example.com", SHELF);

    assertThat(kinds()).containsExactly("undelivered");
  }

  @Test
  void aFailedDeliveryIsToldOfAndTriedAgainAtAGrowingPause() {
    desk.deliverer.refusal = error(ErrorClass.FINAL);
    Order order = desk.applyAuto("www.example.com", SHELF);
    assertThat(order.state()).isEqualTo(OrderState.ISSUED);
    assertThat(kinds()).containsExactly("undelivered");
    assertThat(desk.notices.getFirst().data().error()).isEqualTo(desk.deliverer.refusal.code());

    desk.renew();
    assertThat(kinds()).as("not before its time").hasSize(1);
    desk.advance(Duration.ofMinutes(1));
    desk.renew();
    assertThat(kinds()).containsExactly("undelivered", "undelivered");
    desk.advance(Duration.ofMinutes(1));
    desk.renew();
    assertThat(kinds()).as("the pause has doubled").hasSize(2);

    desk.deliverer.refusal = null;
    desk.advance(Duration.ofMinutes(1));
    desk.renew();
    assertThat(kinds()).containsExactly("undelivered", "undelivered", "issued");
    assertThat(desk.deliverer.delivered).hasSize(1);
  }

  @Test
  void whatIsBeingRevokedIsNotDeliveredMeanwhile() {
    desk.deliverer.refusal = error(ErrorClass.FINAL);
    Order order = desk.applyAuto("www.example.com", SHELF);
    vendor.on(REVOKE, progress(Phase.UNKNOWN, "c1"));
    desk.end(Cancellation.Kind.REVOKE, order.id());
    desk.deliverer.refusal = null;

    vendor.on(LOOK, unclear());
    desk.advance(Duration.ofMinutes(10));
    desk.renew();
    assertThat(desk.deliverer.delivered).isEmpty();

    vendor.on(LOOK, progress(Phase.REVOKED, "c1"));
    desk.advance(Duration.ofMinutes(30));
    assertThat(desk.renew()).extracting(Order::state).containsExactly(OrderState.REVOKED);
  }

  @Test
  void aTargetThatRepeatsTheKeyIsNotQuoted() {
    desk.deliverer.refusal =
        new VendorError(
            ErrorClass.FINAL,
            "Wrong",
            "no such key: canary-private-key",
            "canary-private-key",
            null);

    Order order = desk.applyAuto("www.example.com", SHELF);

    assertThat(order.deliveries().getFirst().error().message()).isEqualTo("no such key: ***");
    assertThat(order + " " + desk.history(order.id()) + desk.notices)
        .contains("no such key")
        .doesNotContain("canary");
  }

  @Test
  void aCertificateThatComesWithoutItsKeyIsAFailedDelivery() {
    vendor.export = new Answer.Success<>(new CertificateBundle("certificate", "chain", null), null);

    Order order = desk.applyAuto("www.example.com", SHELF);

    assertThat(order.deliveries().getFirst().error().code()).isEqualTo("PrivateKey.NotGiven");
    assertThat(desk.deliverer.delivered).isEmpty();
  }

  @Test
  void aCertificateThatCannotBeTakenOutIsAFailedDelivery() {
    vendor.export = refused(ErrorClass.FINAL);

    Order order = desk.applyAuto("www.example.com", SHELF);

    assertThat(order.deliveries().getFirst().error()).isEqualTo(error(ErrorClass.FINAL));
    assertThat(kinds()).containsExactly("undelivered");
  }

  @Test
  void aDeliveryThatDiedHalfwayIsMadeAgainOnceItsLeaseIsOver() {
    desk.deliverer.beforeDelivery =
        () -> {
          throw new IllegalStateException("killed");
        };
    desk.applyAuto("www.example.com", SHELF);
    desk.deliverer.beforeDelivery = () -> {};
    desk.renew();
    assertThat(desk.deliverer.delivered).as("somebody may be at it").isEmpty();

    desk.advance(Duration.ofMinutes(1));
    desk.renew();

    assertThat(desk.deliverer.delivered).hasSize(1);
  }

  @Test
  void aDeliveryThatAlwaysFailsByAFaultOfOursIsReportedAndTriedAtAGrowingPause() {
    int[] tries = {0};
    desk.deliverer.beforeDelivery =
        () -> {
          tries[0]++;
          throw new IllegalStateException("a bug");
        };
    Order order = desk.applyAuto("www.example.com", SHELF);

    sweepEvery(Duration.ofMinutes(1), Duration.ofHours(2));

    assertThat(tries[0]).isBetween(3, 10);
    assertThat(kinds()).contains("undelivered");
    desk.deliverer.beforeDelivery = () -> {};
    desk.advance(Duration.ofHours(7));
    desk.renew();
    assertThat(desk.find(order.id()).deliveries())
        .extracting(Delivery::state)
        .containsExactly(State.DELIVERED);
  }

  @Test
  void anOldCertificateIsNotDeliveredOverTheOneThatFollowed() {
    desk.deliverer.refusal = error(ErrorClass.RETRY);
    Order first = desk.applyAuto("www.example.com", SHELF);
    vendor.on(PREPARE, ready()).on(PLACE, issued("c2", desk.now().plus(Duration.ofDays(150))));
    desk.advance(Duration.ofDays(60));
    sweepEvery(Duration.ofHours(1), Duration.ofDays(1));
    assertThat(desk.latest("www.example.com").state()).isEqualTo(OrderState.ISSUED);

    desk.deliverer.refusal = null;
    sweepEvery(Duration.ofMinutes(10), Duration.ofDays(1));

    Order second = desk.latest("www.example.com");
    assertThat(second.generation()).isEqualTo(2);
    assertThat(states(second)).containsExactly(Delivery.State.DELIVERED);
    assertThat(states(desk.find(first.id()))).containsExactly(Delivery.State.SUPERSEDED);
    assertThat(desk.deliverer.delivered).hasSize(1);
    assertThat(desk.find(first.id()).nextStepAt()).isEqualTo(first.deadline());
  }

  @Test
  void aTargetThatNoLaterCertificateGoesToIsStillDeliveredTo() {
    desk.deliverer.refusal = error(ErrorClass.RETRY);
    Order first = desk.applyAuto("www.example.com", SHELF);
    vendor.pages.put(
        "null",
        new Answer.Success<>(
            new Inventory(
                List.of(
                    new Inventory.Item(
                        "www.example.com",
                        List.of(),
                        Reference.of("certificateId", "elsewhere"),
                        Phase.ISSUED,
                        facts(desk.now().plus(Duration.ofDays(120))),
                        "issued")),
                null),
            null));
    desk.adopt(null);
    assertThat(desk.latest("www.example.com").generation()).isEqualTo(2);

    desk.deliverer.refusal = null;
    desk.advance(Duration.ofMinutes(1));
    desk.renew();

    assertThat(states(desk.find(first.id()))).containsExactly(Delivery.State.DELIVERED);
  }

  @Test
  void aRenewalIsDeliveredAfterTheOneBeforeThatIsJustOnItsWay() {
    desk.deliverer.refusal = error(ErrorClass.RETRY);
    Order first = desk.applyAuto("www.example.com", SHELF);
    vendor
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c2", RECORD))
        .on(LOOK, refused(ErrorClass.PENDING))
        .on(CHECK, issued("c2", desk.now().plus(Duration.ofDays(150))));
    desk.advance(Duration.ofDays(60));
    desk.renew();
    desk.renew();
    Order second = desk.latest("www.example.com");
    assertThat(second.state()).isEqualTo(OrderState.PENDING_VALIDATION);
    // No zone can be written here, so that the vendor is asked once a person has published it.
    desk.sight = Finding.Status.PRESENT;
    desk.deliverer.refusal = null;
    List<OrderState> meanwhile = new ArrayList<>();
    desk.deliverer.meanwhile =
        () -> {
          desk.deliverer.meanwhile = () -> Uni.createFrom().voidItem();
          return desk.check
              .orders(List.of(second.id()), desk.now().plusSeconds(20))
              .invoke(checked -> meanwhile.add(checked.getFirst().order().state()))
              .invoke(() -> assertThat(desk.deliverer.delivered).as("it waits").isEmpty());
        };
    desk.advance(Duration.ofHours(6));
    desk.check(first.id());
    assertThat(meanwhile).containsExactly(OrderState.ISSUED);
    assertThat(states(desk.find(first.id()))).containsExactly(Delivery.State.DELIVERED);

    desk.advance(Duration.ofMinutes(1));
    desk.renew();

    assertThat(states(desk.find(second.id()))).containsExactly(Delivery.State.DELIVERED);
    assertThat(desk.deliverer.delivered)
        .as("in the place where the one before is by now")
        .containsExactly("null", "shelf-1");
  }

  @Test
  void aFailingDeliveryDoesNotHurryRenewalsThatFail() {
    desk.deliverer.refusal = error(ErrorClass.RETRY);
    desk.applyAuto("www.example.com", SHELF);
    for (int i = 0; i < 200; i++) {
      vendor.on(PREPARE, refused(ErrorClass.QUOTA));
    }
    desk.advance(Duration.ofDays(55));

    sweepEvery(Duration.ofMinutes(30), Duration.ofDays(25));

    assertThat(desk.latest("www.example.com").generation())
        .as("after 3 h, 6 h, 12 h, 1 d and then every 2 d")
        .isBetween(11, 17);
    assertThat(desk.deliverer.delivered).isEmpty();
  }

  private void sweepEvery(Duration pause, Duration time) {
    for (long i = 0; i < time.dividedBy(pause); i++) {
      desk.advance(pause);
      desk.renew();
    }
  }

  private static List<Delivery.State> states(Order order) {
    return order.deliveries().stream().map(Delivery::state).toList();
  }

  private static CertificateFacts facts(Instant notAfter) {
    return new CertificateFacts(
        "www.example.com", List.of("www.example.com"), null, null, null, null, null, notAfter);
  }

  private List<String> kinds() {
    return desk.notices.stream()
        .map(notice -> notice.type().substring("dev.polycert.order.".length()))
        .toList();
  }
}
