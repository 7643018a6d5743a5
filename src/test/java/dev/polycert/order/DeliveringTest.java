package dev.polycert.order;

import static dev.polycert.order.Outcomes.error;
import static dev.polycert.order.Outcomes.issued;
import static dev.polycert.order.Outcomes.ready;
import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.ErrorClass;
import dev.polycert.provider.Export;
import dev.polycert.provider.Outcome;
import dev.polycert.provider.PrivateKeyPem;
import dev.polycert.provider.Result;
import dev.polycert.provider.VendorError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are brought to where they are used, again at every renewal. */
class DeliveringTest {
  private static final DeliveryTarget SHELF = new DeliveryTarget("shelf", Map.of("row", "3"));

  @TempDir Path directory;
  private Desk desk;
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");

  @BeforeEach
  void open() {
    desk = new Desk(directory, vendor);
    vendor.export =
        new Result.Value<>(
            new Export("certificate", "chain", new PrivateKeyPem("canary-private-key")), null);
    vendor.on(PREPARE, ready()).on(PLACE, issued("c1", desk.now().plus(Duration.ofDays(90))));
  }

  @AfterEach
  void close() {
    desk.close();
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
    vendor.export = new Result.Value<>(new Export("certificate", "chain", null), null);

    Order order = desk.applyAuto("www.example.com", SHELF);

    assertThat(order.deliveries().getFirst().error().code()).isEqualTo("PrivateKey.NotGiven");
    assertThat(desk.deliverer.delivered).isEmpty();
  }

  @Test
  void aCertificateThatCannotBeTakenOutIsAFailedDelivery() {
    vendor.export = new Result.Failed<>(new Outcome.Refused(error(ErrorClass.FINAL)));

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

  private List<String> kinds() {
    return desk.notices.stream()
        .map(notice -> notice.type().substring("dev.polycert.order.".length()))
        .toList();
  }
}
