package dev.polycert.order.use;

import static dev.polycert.order.ScriptedProvider.Call.CHECK;
import static dev.polycert.order.ScriptedProvider.Call.FIND;
import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.RECORD;
import static dev.polycert.order.VendorAnswers.absent;
import static dev.polycert.order.VendorAnswers.deferred;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static dev.polycert.order.VendorAnswers.refused;
import static dev.polycert.order.VendorAnswers.unclear;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Renewal;
import dev.polycert.store.MemoryOrderBook;
import dev.polycert.testing.Resources;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The sweep: renewals in time, once, and never at the cost of the certificate that there is. */
class RenewTest {
  private static final String DOMAIN = "www.example.com";

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));

  @Test
  void aCertificateIsRenewedAtTwoThirdsOfItsLifeByAnOrderOfItsOwn() {
    Order old = issuedFor(Duration.ofDays(90));
    desk.advance(Duration.ofHours(1331));
    assertThat(desk.renew()).as("55.5 days have not passed").isEmpty();

    vendor
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c2", RECORD))
        .on(CHECK, issued("c2", desk.now().plus(Duration.ofDays(90))));
    desk.advance(Duration.ofHours(110));
    Order next = desk.renew().getFirst();

    assertThat(next.generation()).isEqualTo(2);
    assertThat(next.state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertThat(next.renewalOf()).isEqualTo(old.id());
    assertThat(vendor.seen.getLast().renewalOf()).isEqualTo(Reference.of("certificateId", "c1"));
    assertThat(next.terms()).isEqualTo(old.terms());
    assertUntouched(old);

    assertThat(desk.check(next.id()).state()).isEqualTo(OrderState.ISSUED);
    assertUntouched(old);
    desk.advance(Duration.ofDays(1));
    desk.renew();
    assertThat(desk.find(old.id()).nextStepAt()).isEqualTo(desk.find(old.id()).deadline());

    desk.advance(Duration.ofDays(28));
    assertThat(desk.renew()).as("what was followed is not looked at again").isEmpty();
    desk.advance(Duration.ofDays(2));
    assertThat(desk.renew()).extracting(Order::id).containsExactly(old.id());
    assertThat(desk.find(old.id()).state()).isEqualTo(OrderState.EXPIRED);
    assertThat(desk.latest(DOMAIN).state()).isEqualTo(OrderState.ISSUED);
    assertThat(told()).containsExactly("issued", "issued", "expired");
  }

  @Test
  void aSixDayCertificateIsRenewedAtHalfOfItsLife() {
    issuedFor(Duration.ofDays(6));
    desk.advance(Duration.ofHours(64));
    assertThat(desk.renew()).isEmpty();

    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c2", RECORD));
    desk.advance(Duration.ofHours(8));

    assertThat(desk.renew()).extracting(Order::generation).containsExactly(2);
  }

  @Test
  void theBacklogOfOneProviderKeepsNoOtherWaiting() throws Exception {
    CompletableFuture<Answer<Preparation>> stuck = new CompletableFuture<>();
    ScriptedProvider slow = new ScriptedProvider("slow");
    Desk both = resources.add(new Desk(new MemoryOrderBook(), vendor, slow));
    for (int i = 0; i < 700; i++) {
      slow.on(PREPARE, context -> Uni.createFrom().completionStage(stuck));
      both.recorded("slow", "d" + i + ".example.com");
    }
    both.advance(Duration.ofSeconds(30));
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    Order other = both.recorded("vendor", "other.example.com");
    both.advance(Duration.ofSeconds(30));

    CompletableFuture<List<Order>> swept =
        both.renew.due(both.now().plusSeconds(20)).subscribeAsCompletionStage();
    for (int i = 0; i < 1000 && both.find(other.id()).state() == OrderState.REQUESTED; i++) {
      Thread.sleep(10);
    }
    assertThat(both.find(other.id()).state()).isEqualTo(OrderState.PENDING_VALIDATION);

    assertThat(swept).as("the slow ones are still under way").isNotDone();
    assertThat(slow.calls).hasSizeLessThanOrEqualTo(100);
    stuck.complete(refused(ErrorClass.RETRY));
    assertThat(swept.join()).hasSize(701);
  }

  @Test
  void sweepsAtTheSameTimeRenewOnce() {
    issuedFor(Duration.ofDays(90));
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c2", RECORD));
    desk.advance(Duration.ofDays(60));

    desk.renewTwice();
    desk.renew();

    assertThat(vendor.calls).containsExactly(PREPARE, PREPARE, PLACE);
    assertThat(desk.all()).hasSize(2);
  }

  @Test
  void aRenewalThatFailsIsTriedAgainAfterAPauseAndTheOldCertificateStays() {
    Order old = issuedFor(Duration.ofDays(90));
    vendor.on(PREPARE, refused(ErrorClass.QUOTA));
    desk.advance(Duration.ofDays(60));
    assertThat(desk.renew()).extracting(Order::state).containsExactly(OrderState.FAILED);
    assertUntouched(old);

    desk.advance(Duration.ofHours(2));
    assertThat(desk.renew()).as("not before its pause is over").isEmpty();
    assertThat(desk.applyFor(DOMAIN).getFirst().order().id())
        .as("the order that serves the domain")
        .isEqualTo(old.id());

    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c3", RECORD));
    desk.advance(Duration.ofHours(2));
    Order third = desk.renew().getFirst();
    assertThat(third.generation()).isEqualTo(3);
    assertThat(third.renewalOf()).isEqualTo(old.id());
    assertThat(vendor.seen.getLast().renewalOf()).isEqualTo(Reference.of("certificateId", "c1"));
    assertUntouched(old);

    desk.advance(Duration.ofHours(12));
    vendor.on(CHECK, refused(ErrorClass.PENDING));
    desk.renew();
    assertThat(desk.all()).as("one that is open is waited for").hasSize(3);
    assertThat(told()).containsExactly("issued", "quota");
  }

  @Test
  void anUnclearRenewalIsLookedForAndNotSentAgain() {
    Order old = issuedFor(Duration.ofDays(90));
    vendor.on(PREPARE, ready()).on(PLACE, unclear()).on(FIND, absent(null));
    desk.advance(Duration.ofDays(60));
    assertThat(desk.renew()).extracting(Order::state).containsExactly(OrderState.UNCERTAIN);

    vendor.on(FIND, progress(Phase.PENDING_VALIDATION, "c2", RECORD));
    desk.advance(Duration.ofMinutes(10));
    assertThat(desk.renew()).extracting(Order::generation).containsExactly(2);
    assertThat(vendor.calls.stream().filter(PLACE::equals)).hasSize(1);
    assertUntouched(old);
  }

  @Test
  void oneThatIsNeverRenewedIsToldOfAndThenExpires() {
    Order old = issuedFor(Duration.ofDays(90));
    for (int day = 0; day < 90; day++) {
      vendor.on(PREPARE, refused(ErrorClass.FINAL));
      desk.advance(Duration.ofDays(1));
      desk.renew();
    }

    assertThat(desk.find(old.id()).state()).isEqualTo(OrderState.EXPIRED);
    assertThat(desk.renew()).isEmpty();
    List<String> told = told();
    assertThat(told.getFirst()).isEqualTo("issued");
    assertThat(told.getLast()).isEqualTo("expired");
    assertThat(told).contains("failed", "expiring");
    Instant firstWarning =
        desk.notices.stream()
            .filter(notice -> notice.type().endsWith(".expiring"))
            .findFirst()
            .orElseThrow()
            .time();
    assertThat(Duration.between(firstWarning, desk.now()).toDays()).isBetween(11L, 14L);
  }

  @Test
  void aVendorThatRenewsByItselfIsOnlyAskedWhetherItHas() {
    vendor.renewal = new Renewal(Duration.ofDays(15), true);
    Order old = issuedFor(Duration.ofDays(90));
    desk.advance(Duration.ofDays(74));
    assertThat(desk.renew()).isEmpty();

    vendor.on(CHECK, issued("c1", old.deadline()));
    desk.advance(Duration.ofDays(6));
    desk.renew();
    assertThat(desk.renew()).as("asked once, not at every sweep").isEmpty();

    Instant renewed = old.deadline().plus(Duration.ofDays(75));
    vendor.on(CHECK, issued("c1", renewed));
    desk.advance(Duration.ofHours(4));
    assertThat(desk.renew().getFirst().deadline()).isEqualTo(renewed);
    assertThat(desk.latest(DOMAIN).nextStepAt()).isAfter(renewed.minus(Duration.ofDays(15)));
    assertThat(desk.all()).hasSize(1);
  }

  @Test
  void aVendorThatForgetsToRenewByItselfIsAppliedToInTheEnd() {
    vendor.renewal = new Renewal(Duration.ofDays(15), true);
    Order old = issuedFor(Duration.ofDays(90));
    vendor
        .on(CHECK, issued("c1", old.deadline()))
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c2", RECORD));
    desk.advance(Duration.ofDays(88));

    assertThat(desk.renew().getFirst().renewalOf()).isEqualTo(old.id());
  }

  @Test
  void aVendorThatRenewsByItselfInTheLastDaysIsNotAppliedToAsWell() {
    vendor.renewal = new Renewal(Duration.ofDays(15), true);
    Order old = issuedFor(Duration.ofDays(90));
    Instant renewed = old.deadline().plus(Duration.ofDays(75));
    vendor.on(CHECK, issued("c1", renewed));
    desk.advance(Duration.ofDays(88));

    desk.renew();

    assertThat(desk.all()).hasSize(1);
    assertThat(desk.find(old.id()).deadline()).isEqualTo(renewed);
  }

  @Test
  void oneThatForgetsAfterYearsIsAppliedToAsSoon() {
    vendor.renewal = new Renewal(Duration.ofDays(15), true);
    Instant[] end = {issuedFor(Duration.ofDays(90)).deadline()};
    for (int i = 0; i < 200; i++) {
      vendor.on(CHECK, context -> Uni.createFrom().item(issued("c1", end[0])));
    }
    for (int renewals = 0; renewals < 8; renewals++) {
      sweepUntil(end[0].minus(Duration.ofDays(12)));
      end[0] = end[0].plus(Duration.ofDays(75));
    }
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c2", RECORD));

    sweepUntil(end[0].minus(Duration.ofDays(16)));
    assertThat(desk.latest(DOMAIN).deadline()).isEqualTo(end[0]);
    vendor.calls.clear();
    sweepUntil(end[0].minus(Duration.ofDays(3)));
    assertThat(vendor.calls)
        .as("looks at the pace of 90 days, and not of the years before")
        .hasSizeGreaterThan(5)
        .containsOnly(CHECK);
    assertThat(desk.latest(DOMAIN).generation()).isEqualTo(1);
    sweepUntil(end[0].minus(Duration.ofDays(2)));

    assertThat(desk.latest(DOMAIN).generation()).isEqualTo(2);
  }

  @Test
  void anErrorWhileAnIssuedOrderIsCheckedDoesNotCostItsRenewal() {
    Order old = issuedFor(Duration.ofDays(90));
    vendor.on(CHECK, unclear()).on(CHECK, deferred(desk.now().plusSeconds(5), "no token"));

    desk.check(old.id());
    Order checked = desk.check(old.id());

    assertThat(checked.error().code()).isEqualTo("Code.RETRY");
    assertThat(checked.nextStepAt()).isEqualTo(old.nextStepAt());
    assertThat(checked.deadline()).isEqualTo(old.deadline());
  }

  @Test
  void aVendorThatDoesNotTellTheEndIsAskedForItOnceADay() {
    vendor
        .on(PREPARE, progress(Phase.ISSUED, "c1"))
        .on(CHECK, progress(Phase.ISSUED, "c1"))
        .on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));
    desk.apply(DOMAIN);

    desk.advance(Duration.ofDays(1));
    desk.renew();
    assertThat(desk.renew()).isEmpty();
    desk.advance(Duration.ofDays(1));
    desk.renew();

    assertThat(desk.latest(DOMAIN).deadline()).isEqualTo(desk.now().plus(Duration.ofDays(88)));
  }

  @Test
  void withoutKeysNothingIsAppliedForAndTheReasonIsOnTheOrder() {
    issuedFor(Duration.ofDays(90));
    vendor.missingVariables = List.of("SOME_KEY");
    desk.advance(Duration.ofDays(60));

    desk.renew();

    assertThat(desk.all()).hasSize(1);
    assertThat(desk.latest(DOMAIN).state()).isEqualTo(OrderState.ISSUED);
    assertThat(desk.latest(DOMAIN).error().message()).contains("SOME_KEY");
  }

  private Order issuedFor(Duration lifetime) {
    vendor.on(PREPARE, issued("c1", desk.now().plus(lifetime)));
    return desk.apply(DOMAIN);
  }

  private void sweepUntil(Instant time) {
    while (desk.now().isBefore(time)) {
      desk.advance(Duration.ofHours(3));
      desk.renew();
    }
  }

  /** All but the time of the next look, and that it was announced, is as it was. */
  private void assertUntouched(Order old) {
    assertThat(desk.find(old.id()))
        .usingRecursiveComparison()
        .ignoringFields(
            "revision", "issuance.announced", "schedule.attempts", "schedule.nextStepAt")
        .isEqualTo(old);
  }

  private List<String> told() {
    return desk.notices.stream()
        .map(notice -> notice.type().substring("dev.polycert.order.".length()))
        .toList();
  }
}
