package dev.polycert.order.use;

import static dev.polycert.order.ScriptedProvider.Call.CHECK;
import static dev.polycert.order.ScriptedProvider.Call.FIND;
import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.ScriptedProvider.Call.SUBMIT;
import static dev.polycert.order.ScriptedProvider.intend;
import static dev.polycert.order.VendorAnswers.RECORD;
import static dev.polycert.order.VendorAnswers.absent;
import static dev.polycert.order.VendorAnswers.deferred;
import static dev.polycert.order.VendorAnswers.error;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static dev.polycert.order.VendorAnswers.refused;
import static dev.polycert.order.VendorAnswers.unclear;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.order.HistoryEntry;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.provider.Information;
import dev.polycert.provider.Information.Person;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Reference;
import dev.polycert.testing.Resources;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The law: intent, call, result; look before sending again; nothing twice, nothing for ever. */
class LawTest {
  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final ScriptedProvider second = new ScriptedProvider("second");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor, second));

  @Test
  void anApplicationRunsFromRequestToIssued() {
    vendor
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.APPLYING, "c1"))
        .on(CHECK, progress(Phase.PENDING_VALIDATION, "c1", RECORD))
        .on(CHECK, refused(ErrorClass.PENDING))
        .on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));

    Order order = desk.apply("www.example.com");
    assertThat(order.state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertThat(order.validations()).containsExactly(RECORD);
    assertThat(order.reference()).isEqualTo(Reference.of("certificateId", "c1"));
    assertThat(order.deadline()).isEqualTo(desk.now().plus(Duration.ofHours(48)));

    Order pending = desk.check(order.id());
    assertThat(pending.state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertThat(pending.deadline()).isEqualTo(order.deadline());

    Order issued = desk.check(order.id());
    assertThat(issued.state()).isEqualTo(OrderState.ISSUED);
    assertThat(issued.error()).isNull();
    assertThat(issued.deadline()).isEqualTo(desk.now().plus(Duration.ofDays(90)));
    assertThat(issued.nextStepAt()).isBefore(issued.deadline());
    assertThat(desk.history(order.id()))
        .extracting(HistoryEntry::to)
        .containsExactly(
            OrderState.REQUESTED,
            OrderState.APPLYING,
            OrderState.APPLYING,
            OrderState.PENDING_VALIDATION,
            OrderState.PENDING_VALIDATION,
            OrderState.ISSUED);
  }

  @Test
  void theIntentIsOnRecordBeforeTheVendorIsCalled() {
    AtomicReference<Order> duringTheCall = new AtomicReference<>();
    vendor
        .on(PREPARE, ready())
        .on(
            PLACE,
            context ->
                intend(context, "ApplyCertificate")
                    .invoke(() -> duringTheCall.set(desk.latest("www.example.com")))
                    .replaceWith(progress(Phase.PENDING_VALIDATION, "c1", RECORD)));

    desk.apply("www.example.com");

    assertThat(duringTheCall.get().state()).isEqualTo(OrderState.APPLYING);
    assertThat(duringTheCall.get().intent().operation()).isEqualTo("ApplyCertificate");
    assertThat(duringTheCall.get().placement().plan()).containsEntry("siteId", "7");
  }

  @Test
  void applyingAgainReturnsTheOrderAndSendsNothing() {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));

    Order first = desk.apply("www.example.com");
    Apply.Entry again = desk.applyFor("www.example.com").getFirst();

    assertThat(again.existing()).isTrue();
    assertThat(again.order()).isEqualTo(first);
    assertThat(vendor.calls).containsExactly(PREPARE, PLACE);
  }

  @Test
  void aWriterThatDiedIsLookedForBeforeAnythingIsSentAgain() {
    vendor
        .on(PREPARE, ready())
        .on(
            PLACE,
            context ->
                intend(context, "ApplyCertificate")
                    .flatMap(
                        sent -> Uni.createFrom().<Answer<?>>failure(new RuntimeException("died"))))
        .on(FIND, progress(Phase.PENDING_VALIDATION, "c1", RECORD));

    Apply.Entry applied = desk.applyFor("www.example.com").getFirst();
    assertThat(applied.error().code()).isEqualTo("Internal");
    Order left = desk.latest("www.example.com");
    assertThat(left.state()).isEqualTo(OrderState.APPLYING);

    assertThat(desk.check(left.id())).as("its writer may still be at work").isEqualTo(left);
    desk.advance(Duration.ofMinutes(2));
    assertThat(desk.check(left.id()).state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertThat(vendor.calls).containsExactly(PREPARE, PLACE, FIND);
  }

  @Test
  void anUnclearWriteIsNotRepeatedBeforeTheVendorsListsHaveSettled() {
    vendor
        .on(PREPARE, ready())
        .on(PLACE, unclear())
        .on(FIND, absent("req-3"))
        .on(FIND, absent("req-4"))
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c2", RECORD));

    Order order = desk.apply("www.example.com");
    assertThat(order.state()).isEqualTo(OrderState.UNCERTAIN);
    assertThat(order.nextStepAt()).isEqualTo(desk.now().plus(Duration.ofMinutes(2)));
    assertThat(vendor.calls).containsExactly(PREPARE, PLACE, FIND);

    desk.advance(Duration.ofMinutes(2));
    assertThat(desk.due()).extracting(Order::state).containsExactly(OrderState.PENDING_VALIDATION);
    assertThat(vendor.calls).containsExactly(PREPARE, PLACE, FIND, FIND, PREPARE, PLACE);
  }

  @Test
  void aVendorThatCannotTellLeavesTheOrderUncertainUntilItsDeadline() {
    vendor.on(PREPARE, ready()).on(PLACE, unclear()).on(FIND, unclear()).on(FIND, unclear());

    Order order = desk.apply("www.example.com");
    assertThat(order.state()).isEqualTo(OrderState.UNCERTAIN);
    assertThat(order.nextStepAt()).isAfter(desk.now());

    desk.advance(Duration.ofHours(73));
    Order ended = desk.check(order.id());
    assertThat(ended.state()).isEqualTo(OrderState.FAILED);
    assertThat(ended.error().code()).isEqualTo("Deadline.UNCERTAIN");
  }

  @Test
  void throttledAndUnreachableOrdersWaitAndAreSentByTheSweep() {
    vendor
        .on(PREPARE, ready())
        .on(PLACE, refused(ErrorClass.THROTTLED))
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));

    Order order = desk.apply("www.example.com");
    assertThat(order.state()).isEqualTo(OrderState.REQUESTED);
    assertThat(order.intent()).isNull();
    assertThat(order.error().code()).isEqualTo("Code.THROTTLED");

    assertThat(desk.due()).isEmpty();
    desk.advance(Duration.ofSeconds(30));
    assertThat(desk.due()).extracting(Order::state).containsExactly(OrderState.PENDING_VALIDATION);
  }

  /** A breaker needs several domains to find a vendor down; one order spares it by itself. */
  @Test
  void anOrderAloneAtAVendorThatIsDownAsksMoreAndMoreRarely() {
    for (int i = 0; i < 10; i++) {
      vendor.on(PREPARE, refused(ErrorClass.RETRY));
    }
    desk.apply("www.example.com");
    for (int i = 0; i < 180; i++) {
      desk.advance(Duration.ofSeconds(10));
      desk.renew();
    }

    assertThat(vendor.calls).as("in half an hour").hasSizeBetween(5, 9).containsOnly(PREPARE);
  }

  @Test
  void whatThereIsNoTimeForStaysRequestedWithTheTimeOfItsNextStep() {
    vendor.on(PREPARE, deferred(desk.now().plusSeconds(40), "the rate limit of ListSites"));

    Order order = desk.apply("www.example.com");

    assertThat(order.state()).isEqualTo(OrderState.REQUESTED);
    assertThat(order.nextStepAt()).isEqualTo(desk.now().plusSeconds(40));
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorClass.class,
      names = {"QUOTA", "CREDENTIALS", "CLOCK", "FINAL"})
  void aRefusalForGoodEndsTheOrderAndANewTryIsANewGeneration(ErrorClass errorClass) {
    vendor
        .on(PREPARE, ready())
        .on(PLACE, refused(errorClass))
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));

    Order failed = desk.apply("www.example.com");
    assertThat(failed.state()).isEqualTo(OrderState.FAILED);
    assertThat(failed.error()).isEqualTo(error(errorClass));
    assertThat(failed.nextStepAt()).isNull();

    Order again = desk.apply("www.example.com");
    assertThat(again.generation()).isEqualTo(2);
    assertThat(again.id()).isNotEqualTo(failed.id());
  }

  @Test
  void whatTheVendorAlreadyHasIsAdoptedAndNothingIsSent() {
    vendor.on(PREPARE, issued("old", desk.now().plus(Duration.ofDays(60))));

    Order order = desk.apply("www.example.com");

    assertThat(order.state()).isEqualTo(OrderState.ISSUED);
    assertThat(vendor.calls).containsExactly(PREPARE);
  }

  @Test
  void twoOrdersNeverUseTheSameBoughtCertificate() {
    vendor
        .on(PREPARE, ready("scs1", "scs2"))
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "scs1", RECORD))
        .on(PREPARE, ready("scs1", "scs2"))
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "scs2", RECORD))
        .on(PREPARE, ready("scs1", "scs2"))
        .on(PLACE, refused(ErrorClass.QUOTA));

    desk.apply("a.example.com");
    desk.apply("b.example.com");
    Order third = desk.apply("c.example.com");

    assertThat(vendor.seen.get(1).reference()).isEqualTo(Reference.of("certificateId", "scs1"));
    assertThat(vendor.seen.get(3).reference()).isEqualTo(Reference.of("certificateId", "scs2"));
    assertThat(vendor.seen.get(5).reference()).isNull();
    assertThat(third.state()).isEqualTo(OrderState.FAILED);
  }

  @Test
  void aPurchaseIsRecordedBeforeItIsUsed() {
    vendor
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PLACING, "scs1"))
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "scs1", RECORD));

    Order order = desk.apply("www.example.com");

    assertThat(order.state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertThat(vendor.seen.get(2).reference()).isEqualTo(Reference.of("certificateId", "scs1"));
    assertThat(desk.history(order.id()))
        .extracting(HistoryEntry::why)
        .containsSubsequence("sending Write", "vendor says vendor-PLACING", "sending Write");
  }

  @Test
  void informationIsMergedAndSentOnceItIsComplete() {
    vendor.missing = List.of("information.administrator.phone");
    vendor
        .on(PREPARE, progress(Phase.PENDING_INFORMATION, "paid"))
        .on(SUBMIT, progress(Phase.PENDING_VALIDATION, "paid", RECORD));
    Order order = desk.apply("www.example.com");
    assertThat(order.state()).isEqualTo(OrderState.PENDING_INFORMATION);

    Submit.Entry part = desk.submit(order.id(), administrator("Ada", null));
    assertThat(part.missing()).containsExactly("information.administrator.phone");
    assertThat(part.sent()).isFalse();

    vendor.missing = List.of();
    Submit.Entry whole = desk.submit(order.id(), administrator(null, "13212345678"));
    assertThat(whole.sent()).isTrue();
    assertThat(whole.order().state()).isEqualTo(OrderState.PENDING_VALIDATION);
    Person sent = vendor.seen.getLast().terms().information().administrator();
    assertThat(sent.firstName()).isEqualTo("Ada");
    assertThat(sent.phone()).isEqualTo("13212345678");
    assertThat(desk.submit(order.id(), administrator("Eve", null)).error().code())
        .isEqualTo("Conflict");
  }

  @Test
  void aStepOfTwoWritesRecordsTheIntentOfEach() {
    vendor
        .on(PREPARE, progress(Phase.PENDING_INFORMATION, "paid"))
        .on(
            SUBMIT,
            context ->
                intend(context, "Send")
                    .chain(() -> intend(context, "Commit"))
                    .replaceWith(progress(Phase.PENDING_VALIDATION, "paid", RECORD)));

    Order order = desk.apply("www.example.com");

    assertThat(order.state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertThat(desk.history(order.id()).stream().map(HistoryEntry::why))
        .containsSubsequence("sending Send", "sending Commit");
  }

  @Test
  void aVendorErrorWhileCheckingNeverMovesTheOrder() {
    vendor
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD))
        .on(CHECK, refused(ErrorClass.CREDENTIALS))
        .on(CHECK, progress(Phase.UNKNOWN, "c1"));
    Order order = desk.apply("www.example.com");

    Order refused = desk.check(order.id());
    assertThat(refused.state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertThat(refused.error().errorClass()).isEqualTo(ErrorClass.CREDENTIALS);

    Order unknown = desk.check(order.id());
    assertThat(unknown.state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertThat(unknown.vendorStatus()).isEqualTo("vendor-UNKNOWN");
    assertThat(unknown.validations()).containsExactly(RECORD);
  }

  @Test
  void aValidationThatNeverComesEndsByName() {
    vendor
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD))
        .on(CHECK, refused(ErrorClass.PENDING));
    Order order = desk.apply("www.example.com");

    desk.advance(Duration.ofHours(48));
    assertThat(desk.due()).extracting(Order::state).containsExactly(OrderState.FAILED);
    Order ended = desk.latest("www.example.com");
    assertThat(ended.error().code()).isEqualTo("Deadline.PENDING_VALIDATION");
    assertThat(ended.error().message()).contains("Code.PENDING");
    assertThat(ended.id()).isEqualTo(order.id());
  }

  @Test
  void anIssuedCertificateExpiresWithoutAskingAnybody() {
    vendor.on(PREPARE, issued("c1", desk.now().plus(Duration.ofDays(90))));
    desk.apply("www.example.com");

    desk.advance(Duration.ofDays(90));

    assertThat(desk.due()).extracting(Order::state).containsExactly(OrderState.EXPIRED);
    assertThat(vendor.calls).containsExactly(PREPARE);
  }

  @Test
  void firstAsksTheNextProviderOnlyWhenTheOneBeforeCannotServe() {
    vendor.on(PREPARE, refused(ErrorClass.QUOTA));
    second.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "s1", RECORD));

    Apply.Entry applied = desk.applyFirst("www.example.com");
    assertThat(applied.provider()).isEqualTo("second");
    assertThat(applied.order().state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertThat(applied.passedOver())
        .singleElement()
        .satisfies(
            passed -> {
              assertThat(passed.provider()).isEqualTo("vendor");
              assertThat(passed.error()).isEqualTo(error(ErrorClass.QUOTA));
            });

    Apply.Entry again = desk.applyFirst("www.example.com");
    assertThat(again.existing()).isTrue();
    assertThat(again.provider()).isEqualTo("second");
    assertThat(vendor.calls).containsExactly(PREPARE);
  }

  @Test
  void firstNeverLeavesAnOrderBehindThatASweepWouldSend() {
    vendor.on(PREPARE, refused(ErrorClass.RETRY));
    second.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "s1", RECORD));

    Apply.Entry applied = desk.applyFirst("www.example.com");

    assertThat(applied.provider()).isEqualTo("second");
    assertThat(desk.latest("www.example.com", "vendor").state()).isEqualTo(OrderState.CANCELLED);
  }

  @Test
  void firstStaysWithAProviderWhoseCallMayHaveArrived() {
    vendor.on(PREPARE, ready()).on(PLACE, unclear()).on(FIND, absent(null));

    Apply.Entry applied = desk.applyFirst("www.example.com");

    assertThat(applied.provider()).isEqualTo("vendor");
    assertThat(applied.order().state()).isEqualTo(OrderState.UNCERTAIN);
    assertThat(second.calls).isEmpty();
  }

  @Test
  void oneFaultyPairNeverChangesAnother() {
    vendor
        .on(
            PREPARE,
            context -> {
              throw new IllegalStateException("a bug");
            })
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c2", RECORD));

    List<Apply.Entry> applied = desk.applyFor("a.example.com", "b.example.com");

    assertThat(applied)
        .extracting(entry -> entry.domain().ascii())
        .containsExactly("a.example.com", "b.example.com");
    assertThat(applied)
        .filteredOn(entry -> entry.error() != null)
        .singleElement()
        .satisfies(
            entry ->
                assertThat(entry.error().message())
                    .startsWith("an unexpected fault; incident ")
                    .doesNotContain("a bug"));
    assertThat(applied)
        .filteredOn(entry -> entry.error() == null)
        .singleElement()
        .satisfies(
            entry -> assertThat(entry.order().state()).isEqualTo(OrderState.PENDING_VALIDATION));
  }

  @Test
  void aDryRunWritesNothingAnywhere() {
    vendor.on(PREPARE, ready());

    Apply.Entry applied = desk.dryRun("www.example.com");

    assertThat(applied.plan().settings()).containsEntry("siteId", "7");
    assertThat(applied.order()).isNull();
    assertThat(vendor.calls).containsExactly(PREPARE);
    assertThat(desk.all()).isEmpty();
  }

  @Test
  void aProviderWhoseKeysAreGoneKeepsItsOrders() {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    Order order = desk.apply("www.example.com");
    vendor.missingVariables = List.of("SOME_KEY");

    Order checked = desk.check(order.id());

    assertThat(checked.state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertThat(checked.error().message()).contains("SOME_KEY");
  }

  private static Information administrator(String firstName, String phone) {
    return new Information(
        null, new Person(null, firstName, null, phone, null, null), null, null, null);
  }

  @Test
  void aStepThatWritesTwiceRecordsBothIntents() {
    vendor
        .on(PREPARE, progress(Phase.PENDING_INFORMATION, "c1"))
        .on(
            SUBMIT,
            context ->
                intend(context, "Submit")
                    .chain(() -> intend(context, "Commit"))
                    .replaceWith(progress(Phase.PENDING_VALIDATION, "c1", RECORD)));

    Order order = desk.apply("www.example.com");

    assertThat(order.state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertThat(desk.history(order.id()))
        .extracting(HistoryEntry::why)
        .containsSubsequence("sending Submit", "sending Commit");
  }

  /** Its vendor would say that it knows no such application, and the order would end. */
  @Test
  void anOrderOfAnotherAccountIsLeftAlone() {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    Order order = desk.apply("www.example.com");

    vendor.account = "another";
    Order checked = desk.check(order.id());

    assertThat(checked.state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertThat(checked.error().code()).isEqualTo("OtherAccount");
    assertThat(vendor.calls).containsExactly(PREPARE, PLACE);
  }
}
