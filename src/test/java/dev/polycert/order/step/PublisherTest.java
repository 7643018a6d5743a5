package dev.polycert.order.step;

import static dev.polycert.order.ScriptedProvider.Call.CHECK;
import static dev.polycert.order.ScriptedProvider.Call.DELETE;
import static dev.polycert.order.ScriptedProvider.Call.LOOK;
import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.ScriptedProvider.Call.REVOKE;
import static dev.polycert.order.VendorAnswers.RECORD;
import static dev.polycert.order.VendorAnswers.error;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static dev.polycert.order.VendorAnswers.refused;
import static dev.polycert.order.VendorAnswers.unclear;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.dns.DnsRecord;
import dev.polycert.domain.Finding;
import dev.polycert.order.Attention;
import dev.polycert.order.Cancellation;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.Publication;
import dev.polycert.order.Publication.State;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Desk;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.testing.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** DNS records that nobody has to publish by hand: recorded, written, seen, used and removed. */
class PublisherTest {
  private static final DnsRecord WRITTEN =
      new DnsRecord(RECORD.recordName(), RECORD.recordType(), RECORD.recordValue());

  private static final Validation DELEGATION =
      Validation.dns(
          "www.example.com", "_acme-challenge.www.example.com", "CNAME", "x.vendor.example");

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));

  @BeforeEach
  void open() {
    desk.zones.zone = "example.com";
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
  }

  @Test
  void publishesChecksAndRemovesInOneStepWhenTheRecordIsSeenAtOnce() {
    desk.sight = Finding.Status.PRESENT;
    vendor.on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));

    Order order = desk.applyAuto("www.example.com");

    assertThat(order.state()).isEqualTo(OrderState.ISSUED);
    assertThat(desk.zones.calls).containsExactly("find", "create", "remove");
    assertThat(desk.zones.records).isEmpty();
    assertThat(states(order)).containsExactly(State.REMOVED);
    assertThat(vendor.seen.getFirst().terms().validation()).isEqualTo(ValidationMethod.DNS);
    assertThat(desk.notices).singleElement().matches(notice -> notice.type().endsWith("issued"));
  }

  /** Writers that send it in place of the value need it to remove the record too. */
  @Test
  void theWriterIsToldWhatTheValueIsMadeOf() {
    DnsRecord told = new DnsRecord(WRITTEN.name(), "TXT", WRITTEN.value(), "token.thumbprint");
    ScriptedProvider acme =
        new ScriptedProvider("vendor")
            .on(PREPARE, ready())
            .on(
                PLACE,
                progress(
                    Phase.PENDING_VALIDATION,
                    "c1",
                    RECORD.withKeyAuthorization("token.thumbprint")));
    Desk other = resources.add(new Desk(resources.directory().resolve("other"), acme));
    other.zones.zone = "example.com";

    Order order = other.applyAuto("www.example.com");

    assertThat(other.zones.records).containsOnlyKeys(told);
    assertThat(other.find(order.id()).publications())
        .extracting(Publication::record)
        .containsExactly(told);

    other.sight = Finding.Status.PRESENT;
    acme.on(CHECK, issued("c1", other.now().plus(Duration.ofDays(90))));
    assertThat(other.check(order.id()).state()).isEqualTo(OrderState.ISSUED);
    assertThat(other.zones.records).isEmpty();
  }

  @Test
  void theVendorPublishesItselfWhereTheWriterOfTheZoneDoesNotWriteSuchNames() {
    vendor.validations = Set.of(ValidationMethod.DNS, ValidationMethod.DNS_AUTO);
    desk.zones.names = "_acme-challenge.";

    Order order = desk.applyAuto("www.example.com");

    assertThat(vendor.seen.getFirst().terms().validation()).isEqualTo(ValidationMethod.DNS_AUTO);
    assertThat(order.publications()).isEmpty();
    assertThat(desk.zones.calls).isEmpty();
  }

  @Test
  void theVendorIsNotAskedBeforeTheServersAnswerWithTheRecord() {
    Order order = desk.applyAuto("www.example.com");
    desk.check(order.id());

    assertThat(states(desk.find(order.id()))).containsExactly(State.WRITTEN);
    assertThat(vendor.calls).doesNotContain(CHECK);
    assertThat(desk.zones.calls).containsExactly("find", "create");
  }

  @Test
  void aRecordThatIsNotSeenInTheWritersTimeIsLeftToTheVendorToJudge() {
    Order order = desk.applyAuto("www.example.com");
    desk.advance(Duration.ofMinutes(11));
    vendor.on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));

    assertThat(desk.check(order.id()).state()).isEqualTo(OrderState.ISSUED);
    assertThat(vendor.seen.getFirst().published()).isFalse();
    assertThat(vendor.seen.getLast().published()).isTrue();
  }

  @Test
  void theSweepGoesOnWithNobodyWatching() {
    Order order = desk.applyAuto("www.example.com");
    desk.sight = Finding.Status.PRESENT;
    vendor.on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));
    desk.advance(Duration.ofMinutes(1));

    desk.renew();

    assertThat(desk.find(order.id()).state()).isEqualTo(OrderState.ISSUED);
    assertThat(desk.zones.records).isEmpty();
  }

  @Test
  void whatIsWrittenIsRecordedBefore() {
    desk.zones.beforeCreate =
        () ->
            assertThat(desk.latest("www.example.com").publications())
                .singleElement()
                .matches(record -> record.state() == State.WRITING)
                .matches(record -> record.writtenName().equals(RECORD.recordName()));

    Order order = desk.applyAuto("www.example.com");

    assertThat(states(order)).containsExactly(State.WRITTEN);
  }

  @Test
  void afterACrashTheRecordIsWrittenAgainAndRemovedInTheEnd() {
    desk.zones.beforeCreate =
        () -> {
          throw new IllegalStateException("killed");
        };
    Order order = desk.applyAuto("www.example.com");
    assertThat(states(desk.latest("www.example.com"))).containsExactly(State.WRITING);

    desk.zones.beforeCreate = () -> {};
    desk.sight = Finding.Status.PRESENT;
    vendor.on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));
    desk.advance(Duration.ofMinutes(2));
    desk.renew();

    assertThat(order.id()).isEqualTo(desk.latest("www.example.com").id());
    assertThat(desk.latest("www.example.com").state()).isEqualTo(OrderState.ISSUED);
    assertThat(desk.zones.records).isEmpty();
  }

  @Test
  void aRecordThatWasThereBeforeStays() {
    desk.zones.records.put(WRITTEN, "theirs");
    vendor.on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));

    Order order = desk.applyAuto("www.example.com");

    assertThat(order.state()).isEqualTo(OrderState.ISSUED);
    assertThat(states(order)).containsExactly(State.FOUND);
    assertThat(desk.zones.records).containsOnlyKeys(WRITTEN);
  }

  @Test
  void recordsGoWithAnOrderThatCameToNothing() {
    vendor.on(CHECK, progress(Phase.FAILED, "c1"));
    Order order = desk.applyAuto("www.example.com");
    assertThat(desk.zones.records).hasSize(1);
    desk.sight = Finding.Status.PRESENT;

    assertThat(desk.check(order.id()).state()).isEqualTo(OrderState.FAILED);
    assertThat(desk.zones.records).isEmpty();
  }

  /** What became of the deletion is not known, and nobody looks for it after the end. */
  @Test
  void recordsGoWithAnOrderThatMayBeDeletedOrNot() {
    vendor.on(CHECK, progress(Phase.FAILED, "c1")).on(DELETE, unclear()).on(LOOK, unclear());
    Order order = desk.applyAuto("www.example.com");
    desk.sight = Finding.Status.PRESENT;
    desk.zones.refusal = error(ErrorClass.RETRY);
    assertThat(desk.check(order.id()).state()).isEqualTo(OrderState.FAILED);
    assertThat(desk.end(Cancellation.Kind.DELETE, order.id()).getFirst().done()).isFalse();

    desk.zones.refusal = null;
    desk.advance(Duration.ofMinutes(2));
    desk.renew();

    assertThat(desk.zones.records).isEmpty();
    assertThat(desk.renew()).as("nothing is left to do").isEmpty();
  }

  @Test
  void aDelegationToTheVendorStaysWhileTheCertificateLives() {
    ScriptedProvider delegating = new ScriptedProvider("vendor");
    delegating
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", DELEGATION))
        .on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));
    try (Desk other = delegated(delegating)) {
      Order order = other.applyAuto("www.example.com");
      assertThat(order.state()).isEqualTo(OrderState.ISSUED);
      assertThat(other.zones.records).hasSize(1);

      other.advance(Duration.ofDays(91));
      other.renew();
      assertThat(other.find(order.id()).state()).isEqualTo(OrderState.EXPIRED);
      assertThat(other.zones.records).isEmpty();
    }
  }

  @Test
  void aDelegationStaysForTheRenewalThatIsToldTheSame() {
    ScriptedProvider delegating = new ScriptedProvider("vendor");
    Instant end = desk.now().plus(Duration.ofDays(90));
    delegating
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", DELEGATION))
        .on(CHECK, issued("c1", end))
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c2", DELEGATION))
        .on(CHECK, issued("c2", end.plus(Duration.ofDays(60))));
    try (Desk other = delegated(delegating)) {
      Order first = other.applyAuto("www.example.com");
      other.advance(Duration.ofDays(60));
      other.renew();
      Order second = other.latest("www.example.com");
      assertThat(second.renewalOf()).isEqualTo(first.id());
      assertThat(second.state()).isEqualTo(OrderState.ISSUED);

      other.advance(Duration.ofDays(31));
      other.renew();
      assertThat(other.find(first.id()).state()).isEqualTo(OrderState.EXPIRED);
      assertThat(states(other.find(first.id()))).containsExactly(State.PASSED_ON);
      assertThat(other.zones.records).as("the vendor renews the second through it").hasSize(1);

      other.advance(Duration.ofDays(60));
      other.renew();
      assertThat(other.find(second.id()).state()).isEqualTo(OrderState.EXPIRED);
      assertThat(other.zones.records).as("and nobody needs it any more").isEmpty();
    }
  }

  @Test
  void aNameAndItsWildcardThatAreToldTheSameDelegationShareIt() {
    ScriptedProvider delegating = new ScriptedProvider("vendor");
    Instant end = desk.now().plus(Duration.ofDays(90));
    delegating
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", DELEGATION))
        .on(CHECK, issued("c1", end))
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c2", DELEGATION))
        .on(CHECK, issued("c2", end))
        .on(REVOKE, progress(Phase.REVOKED, "c1"))
        .on(REVOKE, progress(Phase.REVOKED, "c2"));
    try (Desk other = delegated(delegating)) {
      Order name = other.applyAuto("www.example.com");
      Order wildcard = other.applyAuto("*.www.example.com");

      other.end(Cancellation.Kind.REVOKE, name.id());
      other.renew();
      assertThat(states(other.find(name.id()))).containsExactly(State.PASSED_ON);
      assertThat(other.zones.records).hasSize(1);

      other.end(Cancellation.Kind.REVOKE, wildcard.id());
      other.renew();
      assertThat(states(other.find(wildcard.id()))).containsExactly(State.REMOVED);
      assertThat(other.zones.records).isEmpty();
    }
  }

  @Test
  void aRecordOfAPersonStaysAfterTheRenewalThatFoundItAsWell() {
    desk.zones.records.put(WRITTEN, "theirs");
    vendor
        .on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))))
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c2", RECORD))
        .on(CHECK, issued("c2", desk.now().plus(Duration.ofDays(150))));
    desk.applyAuto("www.example.com");
    desk.advance(Duration.ofDays(60));
    desk.renew();

    assertThat(desk.latest("www.example.com").generation()).isEqualTo(2);
    assertThat(states(desk.latest("www.example.com"))).containsExactly(State.FOUND);
    assertThat(desk.zones.records).containsOnlyKeys(WRITTEN);
  }

  @Test
  void aRemovalThatFailsIsTriedAgainAndHoldsUpNothing() {
    Order order = desk.applyAuto("www.example.com");
    desk.sight = Finding.Status.PRESENT;
    desk.zones.refusal = error(ErrorClass.RETRY);
    vendor.on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));
    assertThat(desk.check(order.id()).state()).isEqualTo(OrderState.ISSUED);
    assertThat(desk.zones.records).hasSize(1);
    assertThat(desk.notices).singleElement().matches(notice -> notice.type().endsWith("issued"));

    desk.zones.refusal = null;
    desk.renew();
    assertThat(desk.zones.records).as("too early").hasSize(1);
    desk.advance(Duration.ofMinutes(1));
    desk.renew();

    assertThat(desk.zones.records).isEmpty();
    assertThat(desk.find(order.id()).nextStepAt())
        .as("back to the time of the renewal")
        .isAfter(desk.now().plus(Duration.ofDays(50)));
    assertThat(desk.notices).hasSize(1);
  }

  @Test
  void aRecordWhoseWriterIsGoneIsReportedAndRemovedOnceItIsBackHoweverLate() {
    Order order = leftInTheDns();
    desk.zones.refusal = null;
    desk.zones.writes = "other";
    assertThat(swept(order, Duration.ofDays(7)))
        .matches(record -> record.state() != State.LEFT)
        .matches(record -> record.error().message().contains("no DNS writer memory any more"));
    assertThat(Attention.of(desk.find(order.id()), desk.now())).contains(Attention.RECORD_LEFT);
    desk.zones.writes = "memory";
    desk.zones.missing = List.of("DNS_KEY");
    assertThat(swept(order, Duration.ofDays(7)).error().message())
        .isEqualTo("set DNS_KEY in the environment");
    assertThat(desk.history(order.id())).as("it is tried now and then").hasSizeLessThan(50);

    desk.zones.missing = List.of();

    assertThat(swept(order, Duration.ofDays(2)).state()).isEqualTo(State.REMOVED);
    assertThat(desk.zones.records).isEmpty();
    assertThat(Attention.of(desk.find(order.id()), desk.now())).isEmpty();
  }

  @Test
  void aRecordThatItsWriterRefusesToRemoveIsLeftToAPerson() {
    Order order = leftInTheDns();
    desk.zones.refusal = error(ErrorClass.FINAL);

    assertThat(swept(order, Duration.ofDays(7)).state()).isEqualTo(State.LEFT);
  }

  /** An issued order whose record could not be removed at once. */
  private Order leftInTheDns() {
    Order order = desk.applyAuto("www.example.com");
    desk.sight = Finding.Status.PRESENT;
    desk.zones.refusal = error(ErrorClass.RETRY);
    vendor.on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));
    return desk.check(order.id());
  }

  private Publication swept(Order order, Duration time) {
    for (long hour = 0; hour < time.toHours(); hour += 3) {
      desk.advance(Duration.ofHours(3));
      desk.renew();
    }
    return desk.find(order.id()).publications().getFirst();
  }

  @Test
  void whatNobodyCanWriteWaitsForAPersonAndTheVendorIsNotAskedToValidateIt() {
    vendor.on(LOOK, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    desk.zones.zone = "elsewhere.example";

    Order order = desk.applyAuto("www.example.com");

    assertThat(order.state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertThat(order.publications())
        .singleElement()
        .matches(record -> record.state() == State.BLOCKED)
        .matches(record -> record.error().code().equals("Dns.NoWriter"));
    assertThat(order.error())
        .matches(error -> error.code().equals("Dns.NoWriter"))
        .matches(error -> !error.errorClass().retryable())
        .matches(error -> error.message().contains("this waits for a person"))
        .matches(error -> error.message().contains(RECORD.recordValue()));
    assertThat(vendor.calls).contains(LOOK).doesNotContain(CHECK);
  }

  @Test
  void whatNobodyCanWriteIsUsedOnceAPersonHasPublishedIt() {
    vendor
        .on(LOOK, refused(ErrorClass.PENDING))
        .on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));
    desk.zones.zone = "elsewhere.example";
    Order order = desk.applyAuto("www.example.com");
    assertThat(desk.find(order.id()).error().code()).isEqualTo("Dns.NoWriter");

    desk.sight = Finding.Status.PRESENT;

    assertThat(desk.check(order.id()).state()).isEqualTo(OrderState.ISSUED);
  }

  @Test
  void aWriterThatRefusesIsTriedAgainAndTheVendorIsNotAskedToValidate() {
    vendor.on(LOOK, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    desk.zones.refusal = error(ErrorClass.RETRY);
    Order order = desk.applyAuto("www.example.com");

    assertThat(order.error().errorClass()).isEqualTo(ErrorClass.RETRY);
    assertThat(order.error().message()).doesNotContain("person");
    assertThat(vendor.calls).doesNotContain(CHECK);

    desk.zones.refusal = null;
    desk.sight = Finding.Status.PRESENT;
    vendor.on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));
    assertThat(desk.check(order.id()).state()).isEqualTo(OrderState.ISSUED);
  }

  @Test
  void aRecordThatItsWriterRefusedIsWrittenByTheWriterThatHasTheZoneNow() {
    vendor.on(LOOK, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    desk.zones.beforeCreate = () -> desk.zones.refusal = error(ErrorClass.CREDENTIALS);
    Order order = desk.applyAuto("www.example.com");
    vendor.on(LOOK, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    desk.check(order.id());
    assertThat(desk.find(order.id()).publications())
        .singleElement()
        .matches(record -> record.is(State.WRITING) && "memory".equals(record.writer()))
        .matches(record -> record.attempts() == 2);

    desk.zones.beforeCreate = () -> {};
    desk.zones.refusal = null;
    desk.zones.writes = "other";
    desk.sight = Finding.Status.PRESENT;
    vendor.on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));

    Order moved = desk.check(order.id());
    assertThat(moved.state()).isEqualTo(OrderState.ISSUED);
    assertThat(moved.publications())
        .singleElement()
        .matches(record -> record.is(State.REMOVED) && "other".equals(record.writer()));
    assertThat(desk.zones.records).isEmpty();
  }

  private Desk delegated(ScriptedProvider provider) {
    Desk other = new Desk(resources.directory().resolve("other"), provider);
    other.zones.zone = "example.com";
    other.sight = Finding.Status.PRESENT;
    return other;
  }

  private static List<State> states(Order order) {
    return order.publications().stream().map(Publication::state).toList();
  }
}
