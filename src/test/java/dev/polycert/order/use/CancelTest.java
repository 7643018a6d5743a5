package dev.polycert.order.use;

import static dev.polycert.order.ScriptedProvider.Call.CANCEL;
import static dev.polycert.order.ScriptedProvider.Call.DELETE;
import static dev.polycert.order.ScriptedProvider.Call.FIND;
import static dev.polycert.order.ScriptedProvider.Call.LOOK;
import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.ScriptedProvider.Call.REVOKE;
import static dev.polycert.order.ScriptedProvider.intend;
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
import dev.polycert.order.Cancellation;
import dev.polycert.order.HistoryEntry;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.ScriptedProvider.Call;
import dev.polycert.provider.Capability;
import dev.polycert.provider.Phase;
import dev.polycert.provider.RevocationReason;
import dev.polycert.testing.Resources;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Cancelling, deleting and revoking: nothing is ended that should not be, nothing is in doubt. */
class CancelTest {
  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final ScriptedProvider second = new ScriptedProvider("second");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor, second));

  private Order pending() {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    return desk.apply("www.example.com");
  }

  private Order issuedOrder() {
    vendor.on(PREPARE, issued("c1", desk.now().plus(Duration.ofDays(90))));
    return desk.apply("www.example.com");
  }

  private Order failed() {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.FAILED, "c1"));
    return desk.apply("www.example.com");
  }

  private Cancellation end(Cancellation.Kind closure, Order order) {
    return desk.end(closure, order.id()).getFirst();
  }

  @Test
  void whatWasNeverSentIsCancelledWithoutTheVendor() {
    vendor.on(PREPARE, deferred(desk.now().plusSeconds(60), "no token"));
    vendor.capabilities = Set.of();
    Order order = desk.apply("www.example.com");

    Cancellation closed = end(Cancellation.Kind.CANCEL, order);

    assertThat(closed.done()).isTrue();
    assertThat(closed.order().state()).isEqualTo(OrderState.CANCELLED);
    assertThat(vendor.calls).containsExactly(PREPARE);
  }

  @Test
  void aPendingApplicationIsCancelledAfterItsIntent() {
    Order order = pending();
    vendor.on(CANCEL, progress(Phase.CANCELLED, "c1"));

    Cancellation closed = end(Cancellation.Kind.CANCEL, order);

    assertThat(closed.done()).isTrue();
    assertThat(closed.order().state()).isEqualTo(OrderState.CANCELLED);
    assertThat(desk.history(order.id()))
        .extracting(HistoryEntry::why)
        .endsWith("sending Write", "vendor says vendor-CANCELLED");
    assertThat(desk.history(order.id()))
        .extracting(HistoryEntry::to)
        .endsWith(OrderState.PENDING_VALIDATION, OrderState.CANCELLED);
  }

  @Test
  void whileTheVendorIsAtItTheOrderStaysAndIsLookedAtAgain() {
    Order order = pending();
    vendor.on(CANCEL, progress(Phase.UNKNOWN, "c1")).on(LOOK, progress(Phase.CANCELLED, "c1"));

    Cancellation closed = end(Cancellation.Kind.CANCEL, order);
    assertThat(closed.done()).isFalse();
    assertThat(closed.error()).isNull();
    assertThat(closed.order().state()).isEqualTo(OrderState.PENDING_VALIDATION);

    desk.advance(Duration.ofMinutes(1));
    assertThat(desk.renew()).extracting(Order::state).containsExactly(OrderState.CANCELLED);
  }

  @Test
  void anUnclearAnswerIsFollowedByALook() {
    Order order = pending();
    vendor.on(CANCEL, unclear()).on(LOOK, progress(Phase.CANCELLED, "c1"));

    Cancellation closed = end(Cancellation.Kind.CANCEL, order);

    assertThat(closed.done()).isTrue();
    assertThat(closed.order().state()).isEqualTo(OrderState.CANCELLED);
  }

  @Test
  void whatStaysUnclearIsSettledByTheSweepAndNeverAppliedForAgain() {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.APPLYING, "c1", RECORD));
    Order order = desk.apply("www.example.com");
    vendor.on(CANCEL, unclear()).on(LOOK, unclear()).on(LOOK, absent("req-7"));

    Cancellation closed = end(Cancellation.Kind.CANCEL, order);
    assertThat(closed.done()).isFalse();
    assertThat(closed.error().errorClass()).isEqualTo(ErrorClass.RETRY);
    assertThat(closed.order().state()).isEqualTo(OrderState.APPLYING);

    desk.advance(Duration.ofMinutes(1));
    assertThat(desk.renew()).extracting(Order::state).containsExactly(OrderState.CANCELLED);
    assertThat(vendor.calls).doesNotContain(FIND).containsOnlyOnce(PLACE);
  }

  /** BR 4.9.1.1: a compromised key has to be known as such. */
  @Test
  void aCompromiseOfTheKeyIsReportedOfWhatIsRevokedAlready() {
    Order order = revoked();
    vendor
        .on(Call.REPORT_COMPROMISE, refused(ErrorClass.FINAL))
        .on(Call.REPORT_COMPROMISE, progress(Phase.REVOKED, "c1"));

    Cancellation refused = revoke(order, RevocationReason.KEY_COMPROMISE);
    assertThat(refused.done()).isFalse();
    assertThat(refused.error()).isNotNull();
    assertThat(refused.order().state()).isEqualTo(OrderState.REVOKED);

    assertThat(revoke(order, RevocationReason.KEY_COMPROMISE).done()).isTrue();
    assertThat(revoke(order, RevocationReason.KEY_COMPROMISE).done()).isTrue();
    assertThat(vendor.calls)
        .containsExactly(PREPARE, REVOKE, Call.REPORT_COMPROMISE, Call.REPORT_COMPROMISE);
    assertThat(desk.find(order.id()).state()).isEqualTo(OrderState.REVOKED);
    assertThat(desk.find(order.id()).intent()).isNull();
  }

  @Test
  void anotherReasonLaterIsReportedAsNotTaken() {
    Order order = revoked();

    Cancellation again = revoke(order, RevocationReason.AFFILIATION_CHANGED);

    assertThat(again.done()).isFalse();
    assertThat(again.error().message()).contains("was revoked before, and its reason stays");
    assertThat(revoke(order, RevocationReason.UNSPECIFIED).done()).isTrue();
    assertThat(revoke(order, RevocationReason.SUPERSEDED).done()).isTrue();
    assertThat(vendor.calls).containsExactly(PREPARE, REVOKE);
  }

  private Order revoked() {
    Order order = issuedOrder();
    vendor.on(REVOKE, progress(Phase.REVOKED, "c1"));
    assertThat(end(Cancellation.Kind.REVOKE, order).done()).isTrue();
    return order;
  }

  private Cancellation revoke(Order order, RevocationReason reason) {
    return desk.end(Cancellation.Kind.REVOKE, reason, order.id()).getFirst();
  }

  @Test
  void aProcessThatDiesWhileRevokingLeavesWorkForTheSweep() {
    Order order = issuedOrder();
    vendor
        .on(
            REVOKE,
            context ->
                intend(context, "Revoke")
                    .map(
                        recorded -> {
                          throw new IllegalStateException("as if the process died here");
                        }))
        .on(LOOK, progress(Phase.REVOKED, "c1"));

    assertThat(end(Cancellation.Kind.REVOKE, order).error().code()).isEqualTo("Internal");

    desk.advance(Duration.ofMinutes(1));
    assertThat(desk.renew()).extracting(Order::state).containsExactly(OrderState.REVOKED);
  }

  @Test
  void aRefusalLeavesTheOrderWhereItWas() {
    Order order = failed();
    vendor.on(DELETE, refused(ErrorClass.FINAL));

    Cancellation closed = end(Cancellation.Kind.DELETE, order);

    assertThat(closed.done()).isFalse();
    assertThat(closed.error().code()).isEqualTo("Code.FINAL");
    assertThat(closed.order().state()).isEqualTo(OrderState.FAILED);
    assertThat(closed.order().error()).isEqualTo(order.error());
    assertThat(closed.order().nextStepAt()).isEqualTo(order.nextStepAt());
    assertThat(closed.order().intent()).isNull();
    assertThat(desk.history(order.id()).getLast().why())
        .isEqualTo("DELETE: FINAL Code.FINAL: because");
  }

  @Test
  void whatHadFailedIsDeletedAndStaysFailed() {
    Order order = failed();
    vendor.on(DELETE, absent("req-8"));

    Cancellation closed = end(Cancellation.Kind.DELETE, order);

    assertThat(closed.done()).isTrue();
    assertThat(closed.order().state()).isEqualTo(OrderState.FAILED);
    assertThat(closed.order().vendorStatus()).isEqualTo("deleted");
  }

  @Test
  void aDeletedCertificateNoLongerServes() {
    Order order = issuedOrder();
    vendor.on(DELETE, absent("req-8"));

    Cancellation closed = end(Cancellation.Kind.DELETE, order);

    assertThat(closed.order().state()).isEqualTo(OrderState.CANCELLED);
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c2", RECORD));
    assertThat(desk.apply("www.example.com").generation()).isEqualTo(2);
  }

  @Test
  void anIssuedCertificateStaysOneUntilItIsRevoked() {
    Order order = issuedOrder();
    vendor.on(REVOKE, progress(Phase.UNKNOWN, "c1")).on(LOOK, progress(Phase.REVOKED, "c1"));

    Cancellation closed = end(Cancellation.Kind.REVOKE, order);
    assertThat(closed.order().state()).isEqualTo(OrderState.ISSUED);
    assertThat(closed.done()).isFalse();

    // Late as it is: what is being revoked is asked about, not renewed.
    desk.advance(Duration.ofDays(88));
    assertThat(desk.renew()).extracting(Order::state).containsExactly(OrderState.REVOKED);
  }

  @Test
  void aRevocationThatDidNotComeAboutKeepsTheCertificateInItsTurn() {
    Order order = issuedOrder();
    vendor.on(REVOKE, unclear()).on(LOOK, issued("c1", order.certificate().notAfter()));

    Cancellation closed = end(Cancellation.Kind.REVOKE, order);

    assertThat(closed.done()).isFalse();
    assertThat(closed.order().intent()).isNull();
    assertThat(closed.order().nextStepAt()).isEqualTo(order.nextStepAt());
    desk.advance(Duration.ofHours(1));
    assertThat(desk.renew()).isEmpty();
  }

  @Test
  void aRevocationThatTakesDaysIsAskedAboutAtAGrowingPause() {
    assertAskedAboutAtAGrowingPause(progress(Phase.UNKNOWN, "c1"));
  }

  @Test
  void aRevocationOfWhichTheVendorSaysNothingIsAskedAboutAtAGrowingPause() {
    assertAskedAboutAtAGrowingPause(unclear());
  }

  private void assertAskedAboutAtAGrowingPause(Answer<?> answer) {
    Order order = issuedOrder();
    vendor.on(REVOKE, answer);
    for (int i = 0; i < 20; i++) {
      vendor.on(LOOK, answer);
    }
    end(Cancellation.Kind.REVOKE, order);

    for (int minute = 0; minute < 60; minute++) {
      desk.advance(Duration.ofMinutes(1));
      desk.renew();
    }

    assertThat(vendor.calls.stream().filter(LOOK::equals)).hasSizeBetween(5, 10);
  }

  @Test
  void aCertificateThatExpiresMeanwhileIsDoneWith() {
    Order order = issuedOrder();
    vendor.on(REVOKE, unclear()).on(LOOK, unclear());
    end(Cancellation.Kind.REVOKE, order);

    desk.advance(Duration.ofDays(90));
    desk.renew();

    Order expired = desk.find(order.id());
    assertThat(expired.state()).isEqualTo(OrderState.EXPIRED);
    assertThat(expired.intent()).as("nobody needs to know any more").isNull();
    assertThat(desk.renew()).isEmpty();
  }

  @Test
  void whatWasIssuedMeanwhileIsNotCancelled() {
    Order order = pending();
    vendor.on(CANCEL, issued("c1", desk.now().plus(Duration.ofDays(90))));

    Cancellation closed = end(Cancellation.Kind.CANCEL, order);

    assertThat(closed.done()).isFalse();
    assertThat(closed.error().message()).isEqualTo("it is ISSUED by now");
    assertThat(closed.order().state()).isEqualTo(OrderState.ISSUED);
  }

  @Test
  void whatMakesNoSenseForOneOrderChangesNothingForAnother() {
    Order pending = pending();
    vendor.on(PREPARE, issued("c2", desk.now().plus(Duration.ofDays(90))));
    Order issued = desk.apply("other.example.com");
    vendor.on(CANCEL, progress(Phase.CANCELLED, "c1"));

    List<Cancellation> both = desk.end(Cancellation.Kind.CANCEL, issued.id(), pending.id());

    assertThat(both.getFirst().done()).isFalse();
    assertThat(both.getFirst().error().message())
        .isEqualTo(
            "Order %s is ISSUED, for which CANCEL makes no sense; DELETE or REVOKE does."
                .formatted(issued.id()));
    assertThat(both.getLast().done()).isTrue();
    assertThat(end(Cancellation.Kind.REVOKE, pending).error().message())
        .contains("is CANCELLED, for which REVOKE makes no sense");
  }

  /** What would be refused is not offered. */
  @Test
  void anApplicationIsNotDeletedWhereTheVendorDeletesCertificatesAlone() {
    vendor.deletesApplications = false;
    Order pending = pending();

    assertThat(end(Cancellation.Kind.REVOKE, pending).error().message())
        .endsWith("for which REVOKE makes no sense; CANCEL does.");
    assertThat(end(Cancellation.Kind.DELETE, pending).error().message())
        .endsWith("for which DELETE makes no sense; CANCEL does.");
    assertThat(vendor.calls).doesNotContain(DELETE);
  }

  @Test
  void aRepeatedCancellationIsDone() {
    Order pending = pending();
    vendor.on(CANCEL, progress(Phase.CANCELLED, "c1"));
    end(Cancellation.Kind.CANCEL, pending);
    int calls = vendor.calls.size();

    assertThat(end(Cancellation.Kind.CANCEL, pending).done()).isTrue();
    assertThat(vendor.calls).hasSize(calls);
  }

  @Test
  void anUnknownOrderIsReportedAndTheOthersAreEnded() {
    Order pending = pending();
    vendor.on(CANCEL, progress(Phase.CANCELLED, "c1"));
    OrderId unknown = OrderId.of("vendor", "default", pending.domain(), 9);

    List<NamedOrder<Cancellation>> both =
        desk.cancel
            .end(
                List.of(unknown, pending.id()),
                Cancellation.Kind.CANCEL,
                RevocationReason.UNSPECIFIED,
                desk.now().plusSeconds(20))
            .await()
            .atMost(Duration.ofSeconds(20));

    assertThat(both.getFirst().result()).isNull();
    assertThat(both.getFirst().error().message()).startsWith("There is no order " + unknown);
    assertThat(both.getLast().result().done()).isTrue();
  }

  @Test
  void anOrderInDoubtIsLookedUpFirst() {
    vendor.on(PREPARE, ready()).on(PLACE, unclear()).on(FIND, unclear());
    Order order = desk.apply("www.example.com");

    assertThat(end(Cancellation.Kind.CANCEL, order).error().message()).contains("UNCERTAIN");
  }

  @Test
  void whatNeverReachedTheVendorHasNothingToDelete() {
    vendor.on(PREPARE, refused(ErrorClass.QUOTA));
    Order order = desk.apply("www.example.com");

    assertThat(end(Cancellation.Kind.DELETE, order).error().message())
        .contains("nothing at the vendor");
  }

  @Test
  void anUnsupportedEndNamesTheProvidersThatCan() {
    Order order = pending();
    vendor.capabilities = EnumSet.complementOf(EnumSet.of(Capability.CANCEL));

    assertThat(end(Cancellation.Kind.CANCEL, order).error().message())
        .isEqualTo("vendor does not offer CANCEL; it is offered by: second.");
  }
}
