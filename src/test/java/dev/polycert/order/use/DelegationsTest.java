package dev.polycert.order.use;

import static dev.polycert.order.ScriptedProvider.Call.CHECK;
import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.RECORD;
import static dev.polycert.order.VendorAnswers.exported;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polycert.domain.DomainName;
import dev.polycert.domain.Finding;
import dev.polycert.domain.ServedAddress;
import dev.polycert.order.Notice;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.Publication;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.provider.Delegability;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.testing.Resources;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Delegations before an application, and before the renewal of what was validated through one. */
class DelegationsTest {
  private static final String DOMAIN = "www.example.com";
  private static final String NAME = "_dnsauth.www.example.com";
  private static final String TARGET = "x.acme.example.net";

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));

  @Test
  void aRequestSaysAtOnceThatNobodyCanPublishAndNamesTheCname() {
    desk.zones.zone = "acme.example.net";
    vendor.on(PREPARE, ready());

    Apply.Entry entry = desk.apply(auto(true));

    assertThat(entry.notes())
        .singleElement()
        .asString()
        .startsWith("DNS_AUTO: Polycert cannot publish the validation of " + NAME)
        .contains("CNAME " + NAME + " -> ")
        .contains(".acme.example.net");

    desk.zones.delegated.put(NAME, TARGET);
    vendor.on(PREPARE, ready());
    assertThat(desk.apply(auto(true)).notes()).isEmpty();
  }

  @Test
  void aWriterThatDoesNotWriteSuchNamesIsNamedBefore() {
    desk.zones.zone = "example.com";
    desk.zones.names = "_acme-challenge.";
    vendor.on(PREPARE, ready());

    assertThat(desk.apply(auto(true)).notes())
        .containsExactly(
            "DNS_AUTO: Polycert cannot publish the validation of "
                + NAME
                + ": writes _acme-challenge.… alone");

    desk.zones.names = "_dnsauth.";
    vendor.on(PREPARE, ready());
    assertThat(desk.apply(auto(true)).notes()).isEmpty();
  }

  @Test
  void aCnameToANameThatItsWriterDoesNotWriteIsNoHelp() {
    desk.zones.zone = "acme.example.net";
    desk.zones.names = "_acme-challenge.";
    desk.zones.delegated.put(NAME, TARGET);
    vendor.on(PREPARE, ready());

    assertThat(desk.apply(auto(true)).notes())
        .singleElement()
        .asString()
        .startsWith("DNS_AUTO: Polycert cannot publish the validation of " + NAME)
        .endsWith("; its CNAME does not help: writes _acme-challenge.… alone");
  }

  @Test
  void aDnsThatDoesNotAnswerIsNoMissingCname() {
    desk.zones.zone = "acme.example.net";
    desk.zones.unreachable = true;
    vendor.on(PREPARE, ready());

    assertThat(desk.apply(auto(true)).notes())
        .singleElement()
        .asString()
        .startsWith("DNS_AUTO: unless CNAMEs delegate them (no server of it answers), ")
        .contains("CNAME " + NAME + " -> ");
  }

  @Test
  void whereNoCnameHelpsTheNoteSaysWhy() {
    vendor.delegability = Delegability.none("it wants a CNAME of its own");
    vendor.on(PREPARE, ready());

    assertThat(desk.apply(auto(true)).notes())
        .singleElement()
        .asString()
        .contains("no CNAME can delegate it: it wants a CNAME of its own");
  }

  @Test
  void aDelegationThatIsGoneIsReportedThreeTimesBeforeTheRenewal() {
    Order order = issuedThroughDelegation();
    assertThat(order.publications()).extracting(Publication::writtenName).containsExactly(TARGET);
    desk.zones.delegated.clear();
    desk.notices.clear();

    sweepFor(Duration.ofDays(56));

    assertThat(desk.notices)
        .hasSize(3)
        .allSatisfy(
            notice -> {
              assertThat(notice.type()).isEqualTo("dev.polycert.delegation.missing");
              assertThat(notice.subject()).isEqualTo(DOMAIN);
              assertThat(notice.data().message()).contains("nobody writes TXT " + NAME);
            });
    // The renewal is after 57 to 60 of 90 days.
    assertThat(desk.notices.stream().map(Notice::time).map(this::day).toList())
        .satisfiesExactly(
            day -> assertThat(day).isBetween(25L, 30L),
            day -> assertThat(day).isBetween(41L, 46L),
            day -> assertThat(day).isBetween(52L, 57L));
    assertThat(desk.find(order.id()).state()).isEqualTo(OrderState.ISSUED);
  }

  @Test
  void looksAtWhatIsServedTakeNoTurnOfADelegation() {
    desk.goOn();
    desk.lookEvery = Duration.ofHours(12);
    desk.served =
        (host, wanted, deadline) ->
            Uni.createFrom().item(List.of(ServedAddress.unreachable(host, null, "is not there")));
    vendor.export = exported("canary-private-key");
    issuedThroughDelegation(new DeliveryTarget("shelf", Map.of("row", "3")));
    desk.zones.delegated.clear();
    desk.notices.clear();

    sweepFor(Duration.ofDays(56));

    assertThat(desk.notices)
        .extracting(Notice::type)
        .filteredOn("dev.polycert.delegation.missing"::equals)
        .hasSize(3);
  }

  @Test
  void aDelegationThatStandsIsNoNewsAndOneThatIsMendedIsNoErrorAnyMore() {
    Order order = issuedThroughDelegation();
    desk.notices.clear();
    desk.zones.delegated.clear();
    sweepFor(Duration.ofDays(31));
    assertThat(desk.find(order.id()).error().code()).isEqualTo("Delegation.Missing");
    assertThat(desk.notices).hasSize(1);

    desk.zones.delegated.put(NAME, TARGET);
    sweepFor(Duration.ofDays(23));

    assertThat(desk.find(order.id()).error()).isNull();
    assertThat(desk.notices).hasSize(1);
    assertThat(vendor.calls).as("no vendor was asked").containsExactly(PREPARE, PLACE, CHECK);
  }

  @Test
  void aRenewalIsPublishedThroughTheDelegationAgain() {
    issuedThroughDelegation();
    vendor
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c2", RECORD))
        .on(CHECK, issued("c2", desk.now().plus(Duration.ofDays(150))));

    sweepFor(Duration.ofDays(61));

    assertThat(desk.latest(DOMAIN).generation()).isEqualTo(2);
    assertThat(desk.latest(DOMAIN).state()).isEqualTo(OrderState.ISSUED);
    await().untilAsserted(() -> assertThat(desk.zones.records).as("removed again").isEmpty());
  }

  private Order issuedThroughDelegation(DeliveryTarget... deliver) {
    desk.zones.zone = "acme.example.net";
    desk.zones.delegated.put(NAME, TARGET);
    desk.sight = Finding.Status.PRESENT;
    vendor
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD))
        .on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));
    Order order = desk.applyAuto(DOMAIN, deliver);
    assertThat(desk.find(order.id()).state()).isEqualTo(OrderState.ISSUED);
    return desk.find(order.id());
  }

  private void sweepFor(Duration time) {
    for (Duration passed = Duration.ZERO;
        passed.compareTo(time) < 0;
        passed = passed.plusHours(12)) {
      desk.advance(Duration.ofHours(12));
      desk.renew();
    }
  }

  private long day(java.time.Instant time) {
    return Duration.between(Desk.START, time).toDays();
  }

  private static Apply.Command auto(boolean dryRun) {
    return new Apply.Command(
        List.of(DomainName.parse(DOMAIN)),
        List.of("vendor"),
        Apply.Strategy.ALL,
        ValidationMethod.DNS_AUTO,
        KeyAlgorithm.RSA_2048,
        Map.of(),
        Information.none(),
        List.of(),
        false,
        dryRun);
  }
}
