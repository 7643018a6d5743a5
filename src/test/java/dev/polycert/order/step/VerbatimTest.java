package dev.polycert.order.step;

import static dev.polycert.order.ScriptedProvider.Call.CHECK;
import static dev.polycert.order.ScriptedProvider.Call.FIND;
import static dev.polycert.order.ScriptedProvider.Call.LOOK;
import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.RECORD;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static dev.polycert.order.VendorAnswers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.dns.DnsRecord;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.Publication;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Adopt.Fate;
import dev.polycert.order.use.Desk;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import dev.polycert.store.OrderJson;
import dev.polycert.testing.Resources;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A vendor that says a megabyte at once leaves orders that every store can keep. */
class VerbatimTest {
  private static final String MEGABYTE = "m".repeat(1 << 20);

  private static final DnsRecord RECORDED =
      new DnsRecord(RECORD.recordName(), RECORD.recordType(), RECORD.recordValue());

  /** What DynamoDB takes, less what keys and indexes need. */
  private static final int ITEM = 390_000;

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));

  private void assertKept(Order order) {
    assertThat(new OrderJson().write(order)).hasSizeLessThan(ITEM);
    assertThat(desk.history(order.id()))
        .allSatisfy(entry -> assertThat(new OrderJson().write(entry)).hasSizeLessThan(ITEM));
  }

  private static Answer<Progress> reported(
      Reference reference, List<Validation> validations, String status, String message) {
    return Answer.of(
        new Progress(
            Phase.PENDING_VALIDATION, reference, validations, null, status, message, "req-1"));
  }

  @Test
  void longTextsAreCutAndSayHowLongTheyWere() {
    Reference reference = Reference.of("certificateId", "c1");
    vendor
        .on(PREPARE, ready())
        .on(
            PLACE,
            reported(reference, List.of(RECORD), "status " + MEGABYTE, "because " + MEGABYTE));

    Order order = desk.apply("www.example.com");

    assertKept(order);
    assertThat(order.state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertThat(order.vendorStatus()).startsWith("status mmm").endsWith("… (1048583 characters)");
    assertThat(order.message()).startsWith("because mmm").endsWith("… (1048584 characters)");
    assertThat(desk.history(order.id()).getLast().why()).startsWith("vendor says status mmm");
    assertThat(desk.find(order.id())).as("as it is read back").isEqualTo(order);
  }

  @Test
  void aLongErrorIsCutAndSaysHowLongItWas() {
    VendorError error =
        new VendorError(ErrorClass.RETRY, "Code." + MEGABYTE, MEGABYTE, MEGABYTE, null);
    vendor.on(PREPARE, Answer.refused(error));

    Order order = desk.apply("www.example.com");

    assertKept(order);
    assertThat(order.error().code()).startsWith("Code.mmm").endsWith("… (1048581 characters)");
    assertThat(order.error().message()).endsWith("… (1048576 characters)");
  }

  static Stream<Answer<Progress>> worthNothingWhenCut() {
    Reference usual = Reference.of("certificateId", "c1");
    Validation record = Validation.dns("www.example.com", "_dnsauth", "TXT", MEGABYTE);
    return Stream.of(
        reported(usual, List.of(record), "pending", null),
        reported(usual, Collections.nCopies(10_000, RECORD), "pending", null),
        reported(Reference.of("certificateId", MEGABYTE), List.of(RECORD), "pending", null),
        Answer.of(
            new Progress(
                Phase.ISSUED,
                usual,
                List.of(),
                new CertificateFacts(
                    "www.example.com", List.of(MEGABYTE), null, null, null, null, null, null),
                "issued",
                null,
                null)));
  }

  @ParameterizedTest
  @MethodSource("worthNothingWhenCut")
  void whatWouldBeWorthNothingWhenCutIsAnErrorAndLookedForAgain(Answer<Progress> tooLong) {
    vendor.on(PREPARE, ready()).on(PLACE, tooLong).on(FIND, tooLong);

    Order order = desk.apply("www.example.com");

    assertKept(order);
    assertThat(order.state()).isEqualTo(OrderState.UNCERTAIN);
    assertThat(order.error().code()).isEqualTo("Answer.TooLong");
    assertThat(order.error().message()).contains("more than 100000 bytes");
    assertThat(order.validations()).isEmpty();

    vendor.on(FIND, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    assertThat(desk.check(order.id()).state()).isEqualTo(OrderState.PENDING_VALIDATION);
    vendor.on(CHECK, tooLong);
    Order checked = desk.check(order.id());
    assertThat(checked.validations()).as("what was told before stays").containsExactly(RECORD);
    assertThat(checked.error().code()).isEqualTo("Answer.TooLong");
  }

  @Test
  void nothingIsSentForWhatCannotBeKept() {
    vendor.on(PREPARE, ready(Plan.of(Map.of("siteId", MEGABYTE))));

    Order order = desk.apply("www.example.com");

    assertKept(order);
    assertThat(order.state()).isEqualTo(OrderState.REQUESTED);
    assertThat(order.error().code()).isEqualTo("Answer.TooLong");
    assertThat(vendor.calls).containsExactly(PREPARE);
  }

  @Test
  void aRecordWhoseIdCannotBeKeptIsTriedAgain() {
    desk.zones.zone = "example.com";
    desk.zones.beforeCreate = () -> desk.zones.records.put(RECORDED, MEGABYTE);
    vendor
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD))
        .on(LOOK, refused(ErrorClass.PENDING));

    Order order = desk.applyAuto("www.example.com");

    assertKept(order);
    assertThat(order.publications())
        .singleElement()
        .satisfies(
            published -> {
              assertThat(published.state()).isEqualTo(Publication.State.WRITING);
              assertThat(published.error().code()).isEqualTo("Answer.TooLong");
            });
  }

  @Test
  void whatCannotBeKeptIsNotAdopted() {
    vendor.pages.put(
        "null",
        new Answer.Success<>(
            new Inventory(
                List.of(
                    new Inventory.Item(
                        "www.example.com",
                        List.of(),
                        Reference.of("certificateId", MEGABYTE),
                        Phase.ISSUED,
                        null,
                        MEGABYTE)),
                null),
            "req"));

    assertThat(desk.adopt(null).items())
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.fate()).isEqualTo(Fate.REFUSED);
              assertThat(item.message()).contains("too long");
            });
    assertThat(desk.all()).isEmpty();
  }
}
