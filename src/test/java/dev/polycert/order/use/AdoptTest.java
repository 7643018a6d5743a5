package dev.polycert.order.use;

import static dev.polycert.order.ScriptedProvider.Call.CHECK;
import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.RECORD;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static dev.polycert.order.VendorAnswers.refused;
import static dev.polycert.order.VendorAnswers.unclear;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.order.HistoryEntry;
import dev.polycert.order.Notice;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedDeliverer;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Adopt.Fate;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Phase;
import dev.polycert.provider.PrivateKeyPem;
import dev.polycert.provider.Reference;
import dev.polycert.testing.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An account's inventory becomes orders: one each, whatever is there already. */
class AdoptTest {
  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));

  private void page(String cursor, String next, Inventory.Item... items) {
    vendor.pages.put(
        String.valueOf(cursor), new Answer.Success<>(new Inventory(List.of(items), next), "req"));
  }

  private Inventory.Item item(String domain, String id, Phase phase, long days) {
    Instant end = desk.now().plus(Duration.ofDays(days));
    CertificateFacts facts =
        new CertificateFacts(
            domain,
            List.of(domain),
            null,
            null,
            null,
            "RSA 2048",
            end.minus(Duration.ofDays(90)),
            end);
    return new Inventory.Item(
        domain,
        List.of(domain),
        Reference.of("certificateId", id),
        phase,
        phase == Phase.ISSUED || phase == Phase.EXPIRED ? facts : null,
        "vendor-" + phase);
  }

  private static List<Fate> fates(Adopt.Entry adopted) {
    return adopted.items().stream().map(Adopt.Item::fate).toList();
  }

  @Test
  void everyStateIsTakenInAsItIs() {
    page(
        null,
        null,
        item("a.example.com", "a", Phase.ISSUED, 40),
        item("*.b.example.com", "b", Phase.PENDING_VALIDATION, 0),
        item("c.example.com", "c", Phase.EXPIRED, -3),
        item("d.example.com", "d", Phase.FAILED, 0),
        item("e.example.com", "e", Phase.UNKNOWN, 0));

    Adopt.Entry adopted = desk.adopt(null);

    assertThat(adopted.next()).isNull();
    assertThat(adopted.error()).isNull();
    assertThat(adopted.items())
        .extracting(item -> item.order().state())
        .containsExactly(
            OrderState.ISSUED,
            OrderState.PENDING_VALIDATION,
            OrderState.EXPIRED,
            OrderState.FAILED,
            OrderState.APPLYING);
    Order issued = desk.latest("a.example.com");
    assertThat(issued.version()).isEqualTo(1);
    assertThat(issued.reference()).isEqualTo(Reference.of("certificateId", "a"));
    assertThat(issued.certificate().notAfter()).isEqualTo(desk.now().plus(Duration.ofDays(40)));
    assertThat(issued.deadline()).isEqualTo(issued.certificate().notAfter());
    assertThat(issued.nextStepAt()).isBefore(issued.certificate().notAfter());
    assertThat(desk.history(issued.id()))
        .extracting(HistoryEntry::why)
        .containsExactly("adopted: vendor says vendor-ISSUED");
    assertThat(desk.latest("d.example.com").error().code()).isEqualTo("Vendor.vendor-FAILED");
  }

  @Test
  void anAdoptedApplicationGoesOnAsAnyOther() {
    page(null, null, item("a.example.com", "a", Phase.PENDING_VALIDATION, 0));
    desk.adopt(null);
    vendor.on(CHECK, issued("a", desk.now().plus(Duration.ofDays(90))));

    desk.advance(Duration.ofMinutes(1));

    assertThat(desk.renew()).extracting(Order::state).containsExactly(OrderState.ISSUED);
  }

  private Inventory.Item upload(String domain, String id, long days) {
    Inventory.Item item = item(domain, id, Phase.ISSUED, days);
    return new Inventory.Item(
            domain, item.names(), item.reference(), Phase.ISSUED, item.facts(), "UPLOAD")
        .withUploaded(true);
  }

  @Test
  void nothingIsAppliedForInThePlaceOfWhatIsWatched() {
    page(
        null, null, item("a.example.com", "a", Phase.ISSUED, 20), upload("b.example.com", "b", 20));

    Adopt.Entry adopted = desk.adopt(null);

    assertThat(adopted.items()).extracting(item -> item.order().watched()).containsOnly(true);
    assertThat(adopted.items().get(0).message()).contains("\"renew\": true");
    assertThat(adopted.items().get(1).message()).contains("uploaded by its owner");
    assertThat(desk.applyFor("a.example.com").getFirst().notes().getFirst())
        .contains("watched alone", "\"renew\": true");
    for (int day = 0; day < 20; day++) {
      vendor
          .on(CHECK, issued("a", desk.latest("a.example.com").certificate().notAfter()))
          .on(CHECK, issued("b", desk.latest("b.example.com").certificate().notAfter()));
      desk.renew();
      desk.advance(Duration.ofDays(1));
    }
    assertThat(vendor.calls).containsOnly(CHECK);
    assertThat(desk.all()).extracting(Order::generation).containsOnly(1);
    assertThat(desk.notices).extracting(Notice::type).contains("dev.polycert.order.expiring");
    desk.renew();
    assertThat(desk.all()).extracting(Order::state).containsOnly(OrderState.EXPIRED);
  }

  @Test
  void whatIsWatchedIsRenewedAsSoonAsThatIsAskedFor() {
    page(null, null, upload("a.example.com", "a", 20));
    desk.adopt(null);
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "next", RECORD));

    Adopt.Entry again = desk.adoptToRenew();
    desk.renew();

    assertThat(fates(again)).containsExactly(Fate.EXISTING);
    assertThat(again.items().getFirst().order().watched()).isFalse();
    assertThat(desk.latest("a.example.com").generation()).isEqualTo(2);
    assertThat(desk.latest("a.example.com").watched()).isFalse();
  }

  @Test
  void anAdoptedApplicationIsWatchedToo() {
    page(null, null, item("a.example.com", "a", Phase.PENDING_VALIDATION, 0));
    desk.adopt(null);
    vendor.on(CHECK, issued("a", desk.now().plus(Duration.ofDays(20))));
    desk.advance(Duration.ofMinutes(1));
    desk.renew();
    vendor.on(CHECK, issued("a", desk.now().plus(Duration.ofDays(20))));
    desk.advance(Duration.ofDays(15));
    desk.renew();

    assertThat(desk.latest("a.example.com").state()).isEqualTo(OrderState.ISSUED);
    assertThat(vendor.calls).containsOnly(CHECK);
  }

  @Test
  void anUploadDoesNotEndTheRenewalsOfTheDomainsOrder() {
    vendor.on(PREPARE, issued("a", desk.now().plus(Duration.ofDays(20))));
    Order order = desk.apply("a.example.com");
    page(null, null, upload("a.example.com", "b", 90));

    assertThat(fates(desk.adopt(null))).containsExactly(Fate.OUTDATED);
    assertThat(desk.latest("a.example.com")).isEqualTo(order);
  }

  @Test
  void whatWeDeliveredOurselvesIsTheOrdersThatItCameFrom() {
    ScriptedProvider other = new ScriptedProvider("vendor");
    Desk shop =
        resources.add(
            new Desk(
                resources.directory().resolve("shop"),
                List.of(new ScriptedDeliverer("vendor")),
                other));
    other.export =
        new Answer.Success<>(
            new CertificateBundle("certificate", "chain", new PrivateKeyPem("canary")), null);
    other.on(PREPARE, ready()).on(PLACE, issued("c1", shop.now().plus(Duration.ofDays(90))));
    Order order = shop.applyAuto("a.example.com", new DeliveryTarget("vendor", Map.of()));
    Inventory.Item copy = upload("a.example.com", "shelf-1", 90);
    other.pages.put("null", new Answer.Success<>(new Inventory(List.of(copy), null), null));

    Adopt.Entry adopted = shop.adoptToRenew();

    assertThat(fates(adopted)).containsExactly(Fate.EXISTING);
    assertThat(adopted.items().getFirst().order()).isEqualTo(order);
    assertThat(shop.all()).hasSize(1);
  }

  @Test
  void whatFollowsAnOrderThatIsRenewedIsRenewedToo() {
    vendor.on(PREPARE, issued("a", desk.now().plus(Duration.ofDays(20))));
    desk.apply("a.example.com");
    page(null, null, item("a.example.com", "b", Phase.ISSUED, 90));

    assertThat(fates(desk.adopt(null))).containsExactly(Fate.ADOPTED);
    assertThat(desk.latest("a.example.com").watched()).isFalse();
  }

  @Test
  void anExpiringCertificateIsRenewedOnRequest() {
    page(null, null, item("a.example.com", "a", Phase.ISSUED, 20));
    desk.adoptToRenew();
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "next", RECORD));

    desk.renew();

    Order next = desk.latest("a.example.com");
    assertThat(next.generation()).isEqualTo(2);
    assertThat(next.state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertThat(next.identity().renewalReference()).isEqualTo(Reference.of("certificateId", "a"));
  }

  @Test
  void aRenewalAsksForAllThatTheAdoptedCertificateHas() {
    Map<String, String> options = Map.of("alternativeNames", "b.example.com");
    page(null, null, ofNames(options, List.of()));
    desk.adoptToRenew();
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "next", RECORD));

    desk.renew();

    assertThat(desk.latest("a.example.com").generation()).isEqualTo(2);
    assertThat(desk.latest("a.example.com").terms().options()).isEqualTo(options);
  }

  private Inventory.Item ofNames(Map<String, String> options, List<String> lost) {
    Inventory.Item item = item("a.example.com", "a", Phase.ISSUED, 20);
    return new Inventory.Item(
            item.domain(),
            List.of("a.example.com", "b.example.com"),
            item.reference(),
            item.phase(),
            item.facts(),
            item.vendorStatus())
        .withOptions(options)
        .losing(lost);
  }

  @Test
  void aRenewalThatWouldLoseNamesIsRefusedByName() {
    page(
        null,
        null,
        ofNames(Map.of(), List.of("b.example.com")),
        item("c.example.com", "c", Phase.ISSUED, 20));

    Adopt.Entry adopted = desk.adoptToRenew();

    assertThat(fates(adopted)).containsExactly(Fate.REFUSED, Fate.ADOPTED);
    assertThat(adopted.items().getFirst().message())
        .contains("without b.example.com", "a.example.com", "\"renew\": true");

    Adopt.Entry watched = desk.adopt(null);
    assertThat(fates(watched)).containsExactly(Fate.ADOPTED, Fate.EXISTING);
    assertThat(watched.items().getFirst().message()).contains("watched", "without b.example.com");

    Adopt.Entry again = desk.adoptToRenew();
    assertThat(fates(again)).containsExactly(Fate.EXISTING, Fate.EXISTING);
    assertThat(again.items().getFirst().message()).contains("without b.example.com");
    assertThat(desk.latest("a.example.com").watched()).isTrue();
  }

  @Test
  void aNameThatNoApplicationCanAskForIsLostToo() {
    Inventory.Item item = item("a.example.com", "a", Phase.ISSUED, 20);
    page(
        null,
        null,
        new Inventory.Item(
                item.domain(),
                List.of("a.example.com", "192.0.2.1"),
                item.reference(),
                item.phase(),
                item.facts(),
                "UPLOAD")
            .withUploaded(true)
            .withOptions(Map.of("alternativeNames", "192.0.2.1")));

    Adopt.Entry adopted = desk.adoptToRenew();

    assertThat(fates(adopted)).containsExactly(Fate.REFUSED);
    assertThat(adopted.items().getFirst().message()).contains("without 192.0.2.1");
  }

  @Test
  void whatWasWatchedIsRenewedForAllItsNames() {
    page(null, null, ofNames(Map.of(), List.of()));
    desk.adopt(null);
    Map<String, String> options = Map.of("alternativeNames", "b.example.com");
    page(null, null, ofNames(options, List.of()));

    desk.adoptToRenew();

    assertThat(desk.latest("a.example.com").terms().options()).isEqualTo(options);
  }

  @Test
  void whatFollowsAnOrderIsWatchedIfARenewalWouldLoseNames() {
    vendor.on(PREPARE, issued("old", desk.now().plus(Duration.ofDays(10))));
    desk.apply("a.example.com");
    page(null, null, ofNames(Map.of(), List.of("b.example.com")));

    Adopt.Entry adopted = desk.adopt(null);

    assertThat(fates(adopted)).containsExactly(Fate.ADOPTED);
    assertThat(desk.latest("a.example.com").watched()).isTrue();
    assertThat(adopted.items().getFirst().message()).contains("without b.example.com");
  }

  @Test
  void whatTheListDoesNotTellIsAskedForAtOnce() {
    Inventory.Item item = item("a.example.com", "a", Phase.ISSUED, 20);
    page(
        null,
        null,
        new Inventory.Item(
            item.domain(), item.names(), item.reference(), item.phase(), null, "listed"));
    desk.adopt(null);
    vendor.on(CHECK, issued("a", desk.now().plus(Duration.ofDays(90))));

    desk.renew();

    assertThat(desk.latest("a.example.com").certificate().notAfter())
        .isEqualTo(desk.now().plus(Duration.ofDays(90)));
  }

  @Test
  void whatHasAnOrderIsLeftAlone() {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "a", RECORD));
    Order order = desk.apply("a.example.com");
    page(
        null,
        null,
        item("a.example.com", "a", Phase.ISSUED, 90),
        item("b.example.com", "b", Phase.ISSUED, 90));

    assertThat(fates(desk.adopt(null))).containsExactly(Fate.EXISTING, Fate.ADOPTED);
    assertThat(desk.latest("a.example.com")).isEqualTo(order);
    assertThat(fates(desk.adopt(null))).containsExactly(Fate.EXISTING, Fate.EXISTING);
    assertThat(desk.all()).hasSize(2);
  }

  @Test
  void anOrderForOneOfTheOtherNamesHoldsTheCertificateToo() {
    vendor.on(PREPARE, issued("multi", desk.now().plus(Duration.ofDays(90))));
    Order order = desk.apply("www.example.com");
    Inventory.Item multi =
        new Inventory.Item(
            "example.com",
            List.of("example.com", "not a name", "www.example.com"),
            Reference.of("certificateId", "multi"),
            Phase.ISSUED,
            null,
            "1");
    page(null, null, multi);

    Adopt.Entry adopted = desk.adopt(null);

    assertThat(fates(adopted)).containsExactly(Fate.EXISTING);
    assertThat(adopted.items().getFirst().order().id()).isEqualTo(order.id());
  }

  @Test
  void theLatestCertificateOfADomainIsItsLatestOrder() {
    page(
        null,
        null,
        item("a.example.com", "old", Phase.EXPIRED, -30),
        item("a.example.com", "present", Phase.ISSUED, 20),
        item("a.example.com", "older", Phase.EXPIRED, -120),
        item("a.example.com", "next", Phase.PENDING_VALIDATION, 0),
        item("a.example.com", "other", Phase.ISSUED, 10));

    Adopt.Entry adopted = desk.adopt(null);

    assertThat(fates(adopted))
        .containsExactly(Fate.ADOPTED, Fate.ADOPTED, Fate.OUTDATED, Fate.ADOPTED, Fate.OUTDATED);
    Order latest = desk.latest("a.example.com");
    assertThat(latest.generation()).isEqualTo(3);
    assertThat(latest.reference()).isEqualTo(Reference.of("certificateId", "next"));
    assertThat(adopted.items().get(4).order().id()).isEqualTo(latest.id());
  }

  @Test
  void anOpenOrderIsNeverOvertaken() {
    vendor.on(PREPARE, ready()).on(PLACE, unclear()).on(ScriptedProvider.Call.FIND, unclear());
    Order uncertain = desk.apply("a.example.com");
    page(null, null, item("a.example.com", "a", Phase.ISSUED, 90));

    assertThat(fates(desk.adopt(null))).containsExactly(Fate.OUTDATED);
    assertThat(desk.latest("a.example.com")).isEqualTo(uncertain);
  }

  @Test
  void whatCannotBeAnOrderIsReportedAndTheRestGoesOn() {
    page(
        null,
        null,
        item("10.0.0.1", "ip", Phase.ISSUED, 90),
        item("", "bought", Phase.PENDING_INFORMATION, 0),
        item("a.example.com", "a", Phase.ISSUED, 90));

    Adopt.Entry adopted = desk.adopt(null);

    assertThat(fates(adopted)).containsExactly(Fate.REFUSED, Fate.REFUSED, Fate.ADOPTED);
    assertThat(adopted.items().get(0).message()).contains("is an IP address");
    assertThat(adopted.items().get(1).message()).contains("name it in the provider options");
  }

  @Test
  void anErrorHalfwayKeepsWhatWasReadAndWhereToGoOn() {
    page(null, "2", item("a.example.com", "a", Phase.ISSUED, 90));
    vendor.pages.put("2", refused(ErrorClass.THROTTLED));

    Adopt.Entry first = desk.adopt(null);
    assertThat(fates(first)).containsExactly(Fate.ADOPTED);
    assertThat(first.next()).isEqualTo("2");
    assertThat(first.error().errorClass()).isEqualTo(ErrorClass.THROTTLED);

    page("2", null, item("b.example.com", "b", Phase.ISSUED, 90));
    Adopt.Entry rest = desk.adopt(first.next());
    assertThat(fates(rest)).containsExactly(Fate.ADOPTED);
    assertThat(rest.next()).isNull();
    assertThat(desk.all()).hasSize(2);
  }

  @Test
  void whenTheTimeIsOverTheAnswerSaysWhereToGoOn() {
    page(null, "2", item("a.example.com", "a", Phase.ISSUED, 90));
    vendor.beforePage = () -> desk.advance(Duration.ofSeconds(30));

    Adopt.Entry adopted = desk.adopt(null);

    assertThat(adopted.error().code()).isEqualTo("Deferred");
    assertThat(adopted.items()).isEmpty();
    assertThat(desk.all()).isEmpty();
  }

  @Test
  void aProviderThatCannotListIsAConflictOfItsEntryAlone() {
    vendor.capabilities = Set.of();

    Adopt.Entry adopted = desk.adopt(null);

    assertThat(adopted.items()).isEmpty();
    assertThat(adopted.error().code()).isEqualTo("Conflict");
    assertThat(adopted.error().message())
        .isEqualTo("vendor does not offer DISCOVER; it is offered by: none.");
  }
}
