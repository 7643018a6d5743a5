package dev.polycert.order.step;

import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.RECORD;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static dev.polycert.order.VendorAnswers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.order.HistoryEntry;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Desk;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.testing.Resources;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Of several vendor resources that fit, one that is refused leaves the others to be tried. */
class CandidatesTest {
  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));

  @Test
  void aRefusedCandidateIsFollowedByTheNext() {
    vendor
        .on(PREPARE, ready("first", "second"))
        .on(PLACE, refused(ErrorClass.FINAL))
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "second", RECORD));

    Order order = desk.apply("a.example.com");

    assertThat(order.state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertThat(order.reference()).isEqualTo(Reference.of("certificateId", "second"));
    assertThat(order.error()).isNull();
    assertThat(desk.history(order.id()))
        .extracting(HistoryEntry::why)
        .containsSubsequence(
            "sending Write",
            "FINAL Code.FINAL: because; goes on with {certificateId=second}",
            "sending Write",
            "vendor says vendor-PENDING_VALIDATION");
  }

  @Test
  void theOrderEndsWithTheLastOfThem() {
    vendor
        .on(PREPARE, ready("first", "second"))
        .on(PLACE, refused(ErrorClass.FINAL))
        .on(PLACE, refused(ErrorClass.FINAL));

    Order order = desk.apply("a.example.com");

    assertThat(order.state()).isEqualTo(OrderState.FAILED);
    assertThat(order.error().code()).isEqualTo("Code.FINAL");
    assertThat(vendor.calls).containsExactly(PREPARE, PLACE, PLACE);
  }

  @Test
  void aRequestThatNoCandidateServesIsNotTriedWithAll() {
    vendor
        .on(PREPARE, ready("first", "second", "third", "fourth"))
        .on(PLACE, refused(ErrorClass.FINAL))
        .on(PLACE, refused(ErrorClass.FINAL))
        .on(PLACE, refused(ErrorClass.FINAL));

    assertThat(desk.apply("a.example.com").state()).isEqualTo(OrderState.FAILED);
    assertThat(vendor.calls).containsExactly(PREPARE, PLACE, PLACE, PLACE);
  }

  @Test
  void whatIsNoFaultOfTheCandidateIsNotTriedWithAnother() {
    vendor.on(PREPARE, ready("first", "second")).on(PLACE, refused(ErrorClass.CREDENTIALS));

    assertThat(desk.apply("a.example.com").state()).isEqualTo(OrderState.FAILED);
    assertThat(vendor.calls).containsExactly(PREPARE, PLACE);
  }

  @Test
  void whereOthersOfABulkHaveAllTheOrderLooksAgainBeforeItWaits() {
    vendor.on(PREPARE, ready("first")).on(PLACE, progress(Phase.ISSUED, "first"));
    desk.apply("a.example.com");
    vendor.on(PREPARE, ready("first")).on(PLACE, context -> allTaken());
    Order waiting = desk.apply("b.example.com");
    vendor
        .on(PREPARE, ready("first"))
        .on(PLACE, context -> allTaken())
        .on(PREPARE, ready("first", "second"))
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "second", RECORD));
    desk.advance(Duration.ofHours(1));

    desk.renew();

    assertThat(waiting.state()).isEqualTo(OrderState.REQUESTED);
    Order placed = desk.find(waiting.id());
    assertThat(placed.reference()).isEqualTo(Reference.of("certificateId", "second"));
    assertThat(desk.history(waiting.id())).extracting(HistoryEntry::why).hasSize(4);
  }

  private static Uni<Answer<Progress>> allTaken() {
    return Uni.createFrom().item(refused(ErrorClass.RETRY));
  }

  @Test
  void noOrderTakesWhatAnotherOneUses() {
    vendor
        .on(PREPARE, ready("first", "second"))
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "first", RECORD))
        .on(PREPARE, ready("first", "second", "third"))
        .on(PLACE, refused(ErrorClass.FINAL))
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "third", RECORD));

    desk.apply("a.example.com");

    assertThat(desk.apply("b.example.com").reference())
        .isEqualTo(Reference.of("certificateId", "third"));
  }

  @Test
  void aRenewalMayUseWhatTheOrderBeforeItHasAndNoOtherMay() {
    Instant end = desk.now().plus(Duration.ofDays(90));
    vendor.on(PREPARE, ready("first")).on(PLACE, issued("first", end));
    desk.apply("a.example.com");
    desk.advance(Duration.ofDays(80));
    vendor
        .on(PREPARE, ready("first", "second"))
        .on(PLACE, progress(Phase.PLACING, "first"))
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "first", RECORD));

    desk.renew();

    assertThat(vendor.seen.getLast().reference()).isEqualTo(Reference.of("certificateId", "first"));
    vendor
        .on(PREPARE, ready("first", "second"))
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "second", RECORD));
    desk.apply("b.example.com");
    assertThat(vendor.seen.getLast().reference())
        .isEqualTo(Reference.of("certificateId", "second"));
  }
}
