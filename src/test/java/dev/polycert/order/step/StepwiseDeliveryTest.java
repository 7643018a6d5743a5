package dev.polycert.order.step;

import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.ScriptedProvider.Call.REVOKE;
import static dev.polycert.order.VendorAnswers.error;
import static dev.polycert.order.VendorAnswers.exported;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.deliver.Consignment;
import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.deliver.Stage;
import dev.polycert.order.Cancellation;
import dev.polycert.order.Delivery;
import dev.polycert.order.Delivery.State;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Desk;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Pem;
import dev.polycert.provider.Phase;
import dev.polycert.testing.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Deliveries that take several steps: what a step leaves is what the next one gets. */
class StepwiseDeliveryTest {
  private static final DeliveryTarget SHELF = new DeliveryTarget("shelf", Map.of("row", "3"));
  private static final Map<String, String> JOB = Map.of("recordId", "7", "left", "2 of 3");
  private static final Map<String, String> NEXT_JOB = Map.of("recordId", "7", "left", "1 of 3");

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));

  @BeforeEach
  void open() {
    vendor.export = exported("canary-private-key");
    vendor.on(PREPARE, ready()).on(PLACE, issued("c1", desk.now().plus(Duration.ofDays(90))));
  }

  @Test
  void itGoesOnWithWhatTheStepBeforeLeftAndIsToldOfWhenDone() {
    underWay(JOB, 30);
    underWay(NEXT_JOB, 60);
    Order order = desk.applyAuto("www.example.com", SHELF);
    assertThat(order.nextStepAt()).isEqualTo(desk.now().plusSeconds(30));
    assertThat(desk.notices).as("nothing to tell of yet").isEmpty();

    desk.renew();
    assertThat(desk.deliverer.told).as("not before its time").hasSize(1);
    sweepAfter(Duration.ofSeconds(30));
    assertThat(delivery(order).progress().state()).isEqualTo(NEXT_JOB);
    sweepAfter(Duration.ofSeconds(60));

    assertThat(desk.deliverer.told)
        .extracting(Consignment::state)
        .containsExactly(Map.of(), JOB, NEXT_JOB);
    assertThat(delivery(order).state()).isEqualTo(State.DELIVERED);
    assertThat(delivery(order).progress()).isNull();
    assertThat(kinds()).containsExactly("issued");
    assertThat(desk.history(order.id()).toString()).contains("under way ({left=2 of 3");
  }

  @Test
  void itsStateSurvivesFailuresAndDeath() {
    underWay(JOB, 30);
    desk.deliverer.stages.add(Answer.refused(error(ErrorClass.RETRY)));
    Order order = desk.applyAuto("www.example.com", SHELF);

    sweepAfter(Duration.ofSeconds(30));
    assertThat(delivery(order).error()).isNotNull();
    assertThat(kinds()).containsExactly("undelivered");
    desk.deliverer.beforeDelivery =
        () -> {
          throw new IllegalStateException("killed");
        };
    sweepAfter(Duration.ofMinutes(1));
    desk.deliverer.beforeDelivery = () -> {};
    sweepAfter(Duration.ofMinutes(2));

    assertThat(desk.deliverer.told)
        .extracting(Consignment::state)
        .containsExactly(Map.of(), JOB, JOB, JOB);
    assertThat(delivery(order).state()).isEqualTo(State.DELIVERED);
  }

  @Test
  void oneWithoutAnEndIsReportedAndLookedAtAtAGrowingPause() {
    for (int i = 0; i < 100; i++) {
      underWay(JOB, 3600);
    }
    Order order = desk.applyAuto("www.example.com", SHELF);
    for (int hours = 1; hours < 24; hours++) {
      sweepAfter(Duration.ofHours(1));
    }
    assertThat(desk.notices).isEmpty();
    int steps = desk.deliverer.told.size();

    sweepAfter(Duration.ofHours(1));
    assertThat(delivery(order).error().code()).isEqualTo("Deliver.TooLong");
    assertThat(delivery(order).error().message()).contains("2 of 3");
    for (int hours = 0; hours < 48; hours++) {
      sweepAfter(Duration.ofHours(1));
    }

    assertThat(desk.deliverer.told.size() - steps).isBetween(12, 18);
    assertThat(desk.deliverer.told.getLast().state()).isEqualTo(JOB);
    desk.deliverer.stages.clear();
    sweepAfter(Duration.ofHours(6));
    assertThat(delivery(order).state()).isEqualTo(State.DELIVERED);
  }

  @Test
  void aRenewalKnowsWhatTheOneBeforeDidNotFinish() {
    Order first = desk.applyAuto("www.example.com", SHELF);
    renewed("c2");
    for (int i = 0; i < 100; i++) {
      underWay(JOB, 3600);
    }
    desk.advance(Duration.ofDays(61));
    desk.renew();
    Order second = desk.latest("www.example.com");
    assertThat(second.renewalOf()).isEqualTo(first.id());
    assertThat(delivery(second).place()).isEqualTo("shelf-1");
    desk.deliverer.stages.clear();
    desk.deliverer.told.clear();
    desk.deliverer.refusal = error(ErrorClass.RETRY);
    renewed("c3");
    desk.advance(Duration.ofDays(61));

    desk.renew();
    sweepAfter(Duration.ofSeconds(1));
    desk.deliverer.refusal = null;
    sweepAfter(Duration.ofHours(1));
    // While the delivery before is looked at, this one waits for the next sweep.
    sweepAfter(Duration.ofSeconds(1));

    Order third = desk.latest("www.example.com");
    assertThat(third.generation()).isEqualTo(3);
    assertThat(delivery(second).state()).isEqualTo(State.SUPERSEDED);
    Consignment last = desk.deliverer.told.getLast();
    assertThat(last.state()).isEmpty();
    assertThat(last.unfinished()).isEqualTo(JOB);
    assertThat(last.earlier()).isEqualTo("shelf-1");
    assertThat(delivery(third).progress()).isNull();
  }

  @Test
  void oneThatIsAppliedForAgainKnowsWhatARevokedOneDidNotFinish() {
    Order first = desk.applyAuto("www.example.com", SHELF);
    Order second = halfDoneAndRevoked();
    vendor.on(REVOKE, progress(Phase.REVOKED, "c1"));
    desk.end(Cancellation.Kind.REVOKE, first.id());
    renewed("c3");

    Order third = desk.applyAuto("www.example.com", SHELF);

    assertThat(third.generation()).isEqualTo(3);
    assertThat(third.renewalOf()).isNull();
    assertThatGoesOn(second, third);
  }

  @Test
  void anotherRenewalKnowsWhatARevokedOneDidNotFinish() {
    Order first = desk.applyAuto("www.example.com", SHELF);
    Order second = halfDoneAndRevoked();
    renewed("c3");
    desk.advance(Duration.ofDays(2));

    desk.renew();

    Order third = desk.latest("www.example.com");
    assertThat(third.generation()).isEqualTo(3);
    assertThat(third.renewalOf()).isEqualTo(first.id());
    assertThatGoesOn(second, third);
  }

  private Order halfDoneAndRevoked() {
    renewed("c2");
    underWay(JOB, 3600);
    desk.advance(Duration.ofDays(61));
    desk.renew();
    Order second = desk.latest("www.example.com");
    vendor.on(REVOKE, progress(Phase.REVOKED, "c2"));
    desk.end(Cancellation.Kind.REVOKE, second.id());
    assertThat(desk.find(second.id()).state()).isEqualTo(OrderState.REVOKED);
    return second;
  }

  private void assertThatGoesOn(Order second, Order third) {
    assertThat(delivery(second).stepBefore()).isEqualTo(JOB);
    Consignment last = desk.deliverer.told.getLast();
    assertThat(last.state()).isEmpty();
    assertThat(last.unfinished()).isEqualTo(JOB);
    assertThat(last.earlier()).isEqualTo("shelf-1");
    assertThat(delivery(third).state()).isEqualTo(State.DELIVERED);
  }

  @Test
  void whatTheOneBeforeFinishedAfterTheRenewalWasMadeIsNotUnfinished() {
    Instant made = desk.now();
    Delivery left = Delivery.waiting(SHELF, "shelf-1", made).underWay(JOB, made, made);
    Delivery next = Delivery.waiting(SHELF, null, made).after(left);
    assertThat(next.unfinished()).isEqualTo(JOB);

    Delivery begun = next.after(left.delivered("shelf-2", null, made.plusSeconds(1)));

    assertThat(begun.unfinished()).isEmpty();
    assertThat(begun.place()).isEqualTo("shelf-2");
  }

  @Test
  void aRenewalKnowsWhatTheDeliveryBeforeBrought() {
    CertificateBundle first = IssuedCertificates.issued("www.example.com");
    vendor.export = new Answer.Success<>(first, null);
    desk.applyAuto("www.example.com", SHELF);
    assertThat(desk.deliverer.told.getLast().brought()).isNull();
    vendor.export = new Answer.Success<>(IssuedCertificates.issued("www.example.com"), null);

    renewed("c2");
    desk.advance(Duration.ofDays(61));
    desk.renew();

    assertThat(desk.deliverer.told.getLast().brought())
        .isEqualTo(Pem.fingerprint(first.certificate()).orElseThrow());
  }

  @Test
  void aRenewalKnowsWhatWasOnItsWayToTheTargetToo() {
    CertificateBundle first = IssuedCertificates.issued("www.example.com");
    vendor.export = new Answer.Success<>(first, null);
    desk.applyAuto("www.example.com", SHELF);
    CertificateBundle second = IssuedCertificates.issued("www.example.com");
    vendor.export = new Answer.Success<>(second, null);
    for (int i = 0; i < 3; i++) {
      desk.deliverer.stages.add(new Answer.Failed<>(new Failure.Unclear(error(ErrorClass.RETRY))));
    }
    renewed("c2");
    desk.advance(Duration.ofDays(61));
    desk.renew();
    assertThat(delivery(desk.latest("www.example.com")).error()).isNotNull();
    CertificateBundle third = IssuedCertificates.issued("www.example.com");
    vendor.export = new Answer.Success<>(third, null);
    renewed("c3");
    desk.advance(Duration.ofDays(61));
    desk.renew();

    Consignment last = desk.deliverer.told.getLast();
    assertThat(last.brought()).isEqualTo(fingerprint(first));
    assertThat(last.sent()).contains(fingerprint(second), fingerprint(third));
    assertThat(last.isOfOthers(fingerprint(second))).isFalse();
    assertThat(last.isOfOthers("f".repeat(64))).isTrue();
  }

  private static String fingerprint(CertificateBundle certificate) {
    return Pem.fingerprint(certificate.certificate()).orElseThrow();
  }

  @Test
  void aRenewalTakesThePlaceThatTheOneBeforeFoundInTheMeantime() {
    desk.applyAuto("www.example.com", SHELF);
    renewed("c2");
    underWay(JOB, 60);
    desk.advance(Duration.ofDays(61));
    desk.renew();
    renewed("c3");
    sweepAfter(Duration.ofMinutes(1));
    assertThat(delivery(desk.latest("www.example.com")).place()).isEqualTo("shelf-2");
    desk.advance(Duration.ofDays(60));
    desk.renew();

    assertThat(desk.deliverer.delivered).containsExactly("null", "shelf-1", "shelf-2");
  }

  @Test
  void oneThatIsAskedForAgainKnowsWhatWasLeft() {
    underWay(JOB, 30);
    desk.deliverer.stages.add(
        Answer.refused(new VendorError(ErrorClass.FINAL, "ForGood", "2 instances failed")));
    Order order = desk.applyAuto("www.example.com", SHELF);
    sweepAfter(Duration.ofSeconds(30));
    assertThat(delivery(order).state()).isEqualTo(State.REFUSED);
    assertThat(delivery(order).progress().state()).isEqualTo(JOB);

    desk.deliver(order.id(), List.of(SHELF), List.of());

    assertThat(desk.deliverer.told.getLast().state()).isEmpty();
    assertThat(desk.deliverer.told.getLast().unfinished()).isEqualTo(JOB);
    assertThat(delivery(order).state()).isEqualTo(State.DELIVERED);
  }

  @Test
  void theKeyIsHiddenInWhatIsLeft() {
    underWay(Map.of("message", "got canary-private-key"), 30);

    Order order = desk.applyAuto("www.example.com", SHELF);

    assertThat(delivery(order).progress().state()).containsEntry("message", "got ***");
    assertThat(order + " " + desk.history(order.id())).doesNotContain("canary");
  }

  @Test
  void aStateTooLongForTheOrderIsNoState() {
    underWay(Map.of("message", "x".repeat(20_000)), 30);

    Order order = desk.applyAuto("www.example.com", SHELF);

    assertThat(delivery(order).error().code()).isEqualTo("Answer.TooLong");
  }

  private void underWay(Map<String, String> state, long seconds) {
    desk.deliverer.stages.add(Answer.of(new Stage.UnderWay(state, Duration.ofSeconds(seconds))));
  }

  private void renewed(String id) {
    vendor.on(PREPARE, ready()).on(PLACE, issued(id, desk.now().plus(Duration.ofDays(150))));
  }

  private void sweepAfter(Duration pause) {
    desk.advance(pause);
    desk.renew();
  }

  private Delivery delivery(Order order) {
    return desk.find(order.id()).deliveries().getFirst();
  }

  private List<String> kinds() {
    return desk.notices.stream()
        .map(notice -> notice.type().substring("dev.polycert.order.".length()))
        .toList();
  }
}
