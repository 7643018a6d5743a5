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
import static org.assertj.core.groups.Tuple.tuple;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Delivery;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Information;
import dev.polycert.provider.InformationUse;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Renewal;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.testing.Csrs;
import dev.polycert.testing.Resources;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A request for a domain that an order serves, under other terms than that order's. */
class ChangedTermsTest {
  private static final DeliveryTarget SHELF = new DeliveryTarget("shelf", Map.of("row", "3"));
  private static final DeliveryTarget OTHER = new DeliveryTarget("shelf", Map.of("row", "4"));

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));

  @BeforeEach
  void open() {
    vendor.export = exported("canary-private-key");
    vendor.on(PREPARE, ready()).on(PLACE, issued("c1", desk.now().plus(Duration.ofDays(90))));
  }

  private static Apply.Command asked(
      @Nullable KeyAlgorithm key,
      Map<String, String> options,
      Information information,
      @Nullable List<DeliveryTarget> deliver,
      boolean reissue,
      boolean dryRun) {
    return new Apply.Command(
        List.of(DomainName.parse("www.example.com")),
        List.of("vendor"),
        Apply.Strategy.ALL,
        null,
        key,
        Map.of("vendor", options),
        information,
        deliver,
        reissue,
        dryRun);
  }

  private static Apply.Command asked(@Nullable KeyAlgorithm key, Map<String, String> options) {
    return asked(key, options, Information.none(), List.of(), false, false);
  }

  private static Apply.Command reissue(@Nullable KeyAlgorithm key, Map<String, String> options) {
    return asked(key, options, Information.none(), List.of(), true, false);
  }

  private static Apply.Command deliver(DeliveryTarget... targets) {
    return asked(null, Map.of(), Information.none(), List.of(targets), false, false);
  }

  @Test
  void otherTermsAreReportedAndChangeNothing() {
    Order order = desk.apply(asked(null, Map.of("ca", "buypass"))).order();
    String csr = Csrs.of("www.example.com").pem();

    Apply.Entry again =
        desk.apply(
            asked(
                KeyAlgorithm.EC_P256,
                Map.of("ca", "le", "profile", "tlsserver"),
                new Information(null, null, null, csr, null),
                List.of(),
                false,
                false));

    assertThat(again.existing()).isTrue();
    assertThat(again.order()).isEqualTo(order);
    assertThat(again.differs())
        .containsExactly(
            new Difference("information.csr", "another request", null),
            new Difference("keyAlgorithm", "EC_P256", "RSA_2048"),
            new Difference("providerOptions.vendor.ca", "le", "buypass"),
            new Difference("providerOptions.vendor.profile", "tlsserver", null));
    assertThat(again.notes())
        .containsExactly(
            "one order serves the domain here, with a key of one kind: \"reissue\": true replaces"
                + " its certificate by one as asked; for RSA and elliptic keys at once give one of"
                + " them a label");
  }

  /** Such a target would wait for ever, and each renewal would be refused because of it. */
  @Test
  void aTargetIsRefusedWhereTheCertificateComesWithoutItsKey() {
    vendor.keyOption = "exportable";
    Order order = desk.apply(asked(null, Map.of())).order();

    Apply.Entry refused = desk.apply(deliver(SHELF));

    assertThat(refused.error().code()).isEqualTo("Option.exportable");
    assertThat(desk.deliver(order.id(), List.of(SHELF), List.of()).error().code())
        .isEqualTo("Option.exportable");
    assertThat(
            desk.apply(asked(null, Map.of(), Information.none(), List.of(SHELF), false, true))
                .error()
                .code())
        .isEqualTo("Option.exportable");
    assertThat(desk.find(order.id()).terms().deliver()).isEmpty();
  }

  @Test
  void aReissueMayBringTheKeyThatItsTargetsNeed() {
    vendor.keyOption = "exportable";
    desk.apply(asked(null, Map.of()));
    vendor.on(PREPARE, ready()).on(PLACE, issued("c2", desk.now().plus(Duration.ofDays(90))));

    Apply.Entry reissued =
        desk.apply(
            asked(
                null,
                Map.of("exportable", "true"),
                Information.none(),
                List.of(SHELF),
                true,
                false));

    assertThat(reissued.error()).isNull();
    assertThat(reissued.order().deliveries())
        .extracting(Delivery::state)
        .containsExactly(Delivery.State.DELIVERED);
  }

  @Test
  void requestsThatRaceLoseNeitherTheirTermsNorTheirTargets() {
    vendor.clear();
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    List<Uni<List<Apply.Entry>>> racing = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      racing.add(
          desk.apply.apply(
              asked(
                  i % 2 == 0 ? KeyAlgorithm.EC_P256 : KeyAlgorithm.RSA_2048,
                  Map.of(),
                  Information.none(),
                  List.of(i % 2 == 0 ? SHELF : OTHER),
                  false,
                  false),
              desk.now().plusSeconds(60)));
    }

    List<Apply.Entry> entries =
        Uni.join().all(racing).andFailFast().await().indefinitely().stream()
            .map(List::getFirst)
            .toList();

    assertThat(entries).filteredOn(entry -> !entry.existing()).hasSize(1);
    assertThat(entries).filteredOn(entry -> !entry.differs().isEmpty()).hasSize(3);
    assertThat(desk.latest("www.example.com").terms().deliver())
        .containsExactlyInAnyOrder(SHELF, OTHER);
  }

  @Test
  void anOrderThatWaitsIsToBeCancelledForOtherTerms() {
    vendor.clear();
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    desk.apply(asked(null, Map.of("ca", "buypass")));

    assertThat(desk.apply(asked(null, Map.of("ca", "le"))).notes())
        .containsExactly(
            "one order serves the domain here: cancel it to apply as asked, or wait until it is"
                + " issued and send \"reissue\": true");
  }

  @Test
  void whatIsNotSaidIsNoDifference() {
    desk.apply(asked(KeyAlgorithm.EC_P256, Map.of("ca", "le")));

    assertThat(desk.apply(asked(null, Map.of())).differs()).isEmpty();
  }

  @Test
  void aReissueIsANewGenerationUnderTheNewTerms() {
    Order old =
        desk.apply(asked(null, Map.of("ca", "buypass", "alternativeNames", "a.example"))).order();
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c2"));

    Apply.Entry reissued = desk.apply(reissue(null, Map.of("ca", "le")));

    assertThat(reissued.existing()).isFalse();
    assertThat(reissued.differs()).isEmpty();
    assertThat(reissued.notes()).singleElement().asString().contains(old.id().value());
    Order next = reissued.order();
    assertThat(next.generation()).isEqualTo(2);
    assertThat(next.renewalOf()).isEqualTo(old.id());
    assertThat(next.terms().options())
        .isEqualTo(Map.of("ca", "le", "alternativeNames", "a.example"));
    assertThat(desk.find(old.id())).isEqualTo(old);
  }

  @Test
  void aTargetThatMayRefuseTheNewCertificateIsNamedBeforehand() {
    desk.apply(deliver(SHELF));
    vendor.on(PREPARE, ready());

    Apply.Entry planned =
        desk.apply(
            asked(KeyAlgorithm.EC_P256, Map.of(), Information.none(), List.of(), true, true));

    assertThat(planned.notes()).contains("shelf: keeps the kind of key");
  }

  @Test
  void aRepeatedReissueMakesNoThirdGeneration() {
    desk.apply(asked(null, Map.of("ca", "buypass")));
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c2"));
    Order next = desk.apply(reissue(null, Map.of("ca", "le"))).order();

    Apply.Entry again = desk.apply(reissue(null, Map.of("ca", "le")));

    assertThat(again.existing()).isTrue();
    assertThat(again.order().id()).isEqualTo(next.id());
  }

  @Test
  void theOldCertificateIsUsedUntilTheNewOneIsDelivered() {
    Order old = desk.apply(deliver(SHELF)).order();
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c2"));
    Order next = desk.apply(reissue(KeyAlgorithm.EC_P256, Map.of())).order();
    assertThat(desk.deliverer.delivered).containsExactly("null");
    vendor.on(CHECK, issued("c2", desk.now().plus(Duration.ofDays(90))));

    desk.check(next.id());

    assertThat(desk.deliverer.delivered).containsExactly("null", "shelf-1");
    assertThat(desk.find(old.id()).state()).isEqualTo(OrderState.ISSUED);
    assertThat(desk.find(next.id()).deliveries())
        .extracting(Delivery::place)
        .containsExactly("shelf-2");
  }

  @Test
  void anOrderThatIsNotIssuedIsNotReissued() {
    vendor.clear();
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1"));
    Order pending = desk.apply(asked(null, Map.of("ca", "buypass"))).order();

    Apply.Entry refused = desk.apply(reissue(null, Map.of("ca", "le")));

    assertThat(refused.order()).isEqualTo(pending);
    assertThat(refused.error().message()).contains("is PENDING_VALIDATION", "cancel it");
    assertThat(refused.differs()).hasSize(1);
  }

  @Test
  void anotherPasswordIsReportedAndTakenByAReissue() {
    desk.apply(asked(null, Map.of()));

    Apply.Entry again =
        desk.apply(asked(null, Map.of(), password("first"), List.of(), false, false));

    assertThat(again.differs())
        .containsExactly(new Difference("information.keyPassword", "another password", null));
    assertThat(again.order().terms().information().keyPassword()).isNull();

    vendor.on(PREPARE, ready()).on(PLACE, issued("c2", desk.now().plus(Duration.ofDays(90))));
    Apply.Entry reissued =
        desk.apply(asked(null, Map.of(), password("first"), List.of(), true, false));
    Apply.Entry repeated =
        desk.apply(asked(null, Map.of(), password("first"), List.of(), true, false));

    assertThat(reissued.order().generation()).isEqualTo(2);
    assertThat(repeated.differs()).isEmpty();
    assertThat(repeated.order().id()).isEqualTo(reissued.order().id());
    assertThat(desk.apply(asked(null, Map.of(), password("second"), List.of(), false, false)))
        .extracting(Apply.Entry::differs)
        .isEqualTo(
            List.of(new Difference("information.keyPassword", "another password", "a password")));
  }

  private static Information password(String text) {
    String sealed = Desk.VAULT.sealText(Information.KEY_PASSWORD, text);
    return new Information(null, null, null, null, null, sealed);
  }

  private static Apply.Command reissueBefore(Instant time, boolean dryRun) {
    return new Apply.Command(
        List.of(DomainName.parse("www.example.com")),
        List.of("vendor"),
        Map.of(),
        null,
        Apply.Strategy.ALL,
        null,
        null,
        Map.of(),
        Information.none(),
        null,
        false,
        time,
        dryRun);
  }

  /** A key has leaked: the next one has the same terms. */
  @Test
  void whatWasMadeBeforeATimeIsReissuedOnceUnderTheSameTerms() {
    Order old = desk.apply(asked(KeyAlgorithm.EC_P256, Map.of("ca", "le"))).order();
    desk.advance(Duration.ofMinutes(5));
    Instant leak = desk.now();
    vendor.on(PREPARE, ready());
    assertThat(desk.apply(reissueBefore(leak, true)).notes())
        .containsExactly("would be reissued as generation 2");
    vendor.on(PREPARE, ready()).on(PLACE, issued("c2", desk.now().plus(Duration.ofDays(90))));

    List<Order> orders =
        Uni.join()
            .all(
                Stream.generate(
                        () ->
                            desk.apply.apply(
                                reissueBefore(leak, false), desk.now().plusSeconds(60)))
                    .limit(4)
                    .toList())
            .andFailFast()
            .await()
            .indefinitely()
            .stream()
            .map(entries -> entries.getFirst().order())
            .toList();
    desk.advance(Duration.ofDays(3));
    Apply.Entry later = desk.apply(reissueBefore(leak, false));

    assertThat(orders).extracting(Order::generation).containsOnly(2);
    assertThat(later.order().generation()).isEqualTo(2);
    assertThat(later.order().renewalOf()).isEqualTo(old.id());
    assertThat(later.order().terms()).isEqualTo(old.terms());
    assertThat(later.notes())
        .singleElement()
        .asString()
        .startsWith("reissueBefore: not reissued, because order " + later.order().id());
    assertThat(vendor.calls).filteredOn(PLACE::equals).hasSize(2);
  }

  @Test
  void aReissueOfWhatIsAsAskedSaysHowAnotherIsMade() {
    Order order = desk.apply(asked(null, Map.of("ca", "le"))).order();
    desk.advance(Duration.ofMinutes(1));

    for (boolean dryRun : new boolean[] {true, false}) {
      Apply.Entry again =
          desk.apply(asked(null, Map.of("ca", "le"), Information.none(), null, true, dryRun));

      assertThat(again.order()).isEqualTo(order);
      assertThat(again.notes())
          .singleElement()
          .asString()
          .startsWith("reissue: not reissued, because nothing differs; ")
          .contains(
              "\"reissueBefore\": \"%s\"".formatted(desk.now().truncatedTo(ChronoUnit.SECONDS)));
    }
  }

  @Test
  void aVendorThatRenewsByItselfMakesNoOtherUnderTheSameTerms() {
    vendor.renewal = new Renewal(null, true);
    Order order = desk.apply(asked(null, Map.of())).order();
    desk.advance(Duration.ofMinutes(1));

    Apply.Entry refused = desk.apply(reissueBefore(desk.now(), false));

    assertThat(refused.order()).isEqualTo(order);
    assertThat(refused.error().message()).contains("vendor renews its certificates itself");
  }

  @Test
  void whatMeansTheSameIsNoDifference() {
    vendor.defaults = Map.of("packageType", "83");
    desk.apply(asked(null, Map.of("alternativeNames", "x.example.com,y.example.com")));

    for (String names :
        List.of("y.example.com x.example.com", "X.example.com., www.example.com y.example.com")) {
      assertThat(
              desk.apply(reissue(null, Map.of("alternativeNames", names, "packageType", "83")))
                  .differs())
          .isEmpty();
    }
    assertThat(desk.apply(asked(null, Map.of("alternativeNames", "x.example.com"))).differs())
        .hasSize(1);
  }

  /** The CA of an order that named none is in its reference. */
  @Test
  void whatTheOrderHasWithoutHavingAskedIsNoDifference() {
    Order order = desk.apply(asked(null, Map.of())).order();
    Map.Entry<String, String> kept = order.reference().ids().entrySet().iterator().next();

    assertThat(desk.apply(asked(null, Map.of(kept.getKey(), kept.getValue()))).differs()).isEmpty();
    assertThat(desk.apply(asked(null, Map.of(kept.getKey(), "another"))).differs())
        .extracting(Difference::has)
        .containsExactly(kept.getValue());
  }

  @Test
  void anotherOrganizationIsReissuedWhereTheCertificateNamesIt() {
    Information before = organization("Example GmbH");
    desk.apply(asked(null, Map.of(), before, null, false, false));

    Apply.Entry kept =
        desk.apply(asked(null, Map.of(), organization("Example AG"), null, true, false));

    assertThat(kept.order().generation()).isEqualTo(1);
    assertThat(kept.notes())
        .singleElement()
        .asString()
        .startsWith("reissue: not reissued, because the certificate has nothing of what differs");

    vendor.namesOrganization = true;
    vendor.on(PREPARE, ready()).on(PLACE, issued("c2", desk.now().plus(Duration.ofDays(90))));
    assertThat(
            desk.apply(asked(null, Map.of(), organization("Example AG"), null, true, false))
                .order()
                .generation())
        .isEqualTo(2);
  }

  private static Information organization(String name) {
    return new Information(
        new Information.Organization(name, null, null, null, null, null, null, null, null),
        null,
        null,
        null,
        null);
  }

  /** The server of the applicant has the key of the CSR and no other. */
  @Test
  void theCsrOfAnOrderIsNotGivenUpForAnotherKindOfKey() {
    Information own = new Information(null, null, null, Csrs.of("www.example.com").pem(), null);
    Order order = desk.apply(asked(null, Map.of(), own, null, false, false)).order();

    for (boolean dryRun : new boolean[] {true, false}) {
      Apply.Entry refused =
          desk.apply(asked(KeyAlgorithm.EC_P384, Map.of(), Information.none(), null, true, dryRun));

      assertThat(refused.order()).isEqualTo(order);
      assertThat(refused.error().message()).contains("keyAlgorithm", "information.csr");
    }
    assertThat(desk.apply(asked(KeyAlgorithm.EC_P384, Map.of())).notes())
        .singleElement()
        .asString()
        .contains("give a csr with another key as information.csr");
  }

  @Test
  void aCsrIsRefusedWhereTheCertificateIsDelivered() {
    desk.apply(deliver(SHELF));
    Information own = new Information(null, null, null, Csrs.of("www.example.com").pem(), null);

    assertThat(desk.apply(asked(null, Map.of(), own, null, true, false)).error().message())
        .startsWith("information.csr: the certificate of order ")
        .contains("is delivered to shelf");
  }

  @Test
  void aDryRunShowsWhatAReissueWouldDo() {
    Order old = desk.apply(asked(null, Map.of("ca", "buypass"))).order();
    vendor.on(PREPARE, ready());

    Apply.Entry dry =
        desk.apply(asked(null, Map.of("ca", "le"), Information.none(), List.of(SHELF), true, true));

    assertThat(dry.order()).isEqualTo(old);
    assertThat(dry.differs()).hasSize(1);
    assertThat(dry.plan().settings()).containsEntry("siteId", "7");
    assertThat(dry.notes())
        .containsExactly(
            "would be delivered to shelf as well", "would be reissued as generation 2");
    assertThat(desk.latest("www.example.com")).isEqualTo(old);
  }

  @Test
  void aFurtherTargetIsServedAtOnceAndAtEveryRenewal() {
    Order order = desk.apply(deliver(SHELF)).order();

    Apply.Entry again = desk.apply(deliver(OTHER));

    assertThat(again.existing()).isTrue();
    assertThat(again.notes()).containsExactly("is delivered to shelf as well");
    assertThat(again.order().deliveries())
        .extracting(Delivery::target, Delivery::state)
        .containsExactly(
            tuple(SHELF, Delivery.State.DELIVERED), tuple(OTHER, Delivery.State.DELIVERED));
    assertThat(desk.find(order.id()).terms().deliver()).containsExactly(SHELF, OTHER);
    assertThat(desk.apply(deliver(OTHER)).notes()).isEmpty();
    DeliveryTarget samePlace =
        new DeliveryTarget(OTHER.to(), Map.of("row", OTHER.options().get("row"), "colour", "red"));
    assertThat(desk.apply(deliver(samePlace)).error().message()).contains("the same place, shelf");
    assertThat(desk.deliverer.delivered).hasSize(2);
  }

  @Test
  void aFurtherTargetOfAPendingOrderIsServedOnceItIsIssued() {
    vendor.clear();
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1"));
    Order pending = desk.apply(deliver()).order();

    assertThat(desk.apply(deliver(SHELF)).order().deliveries())
        .extracting(Delivery::state)
        .containsExactly(Delivery.State.WAITING);

    vendor.on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));
    desk.check(pending.id());
    assertThat(desk.deliverer.delivered).containsExactly("null");
  }

  @Test
  void withTheApplicantsKeyNothingCanBeDelivered() {
    String csr = Csrs.of("www.example.com").pem();
    Information own = new Information(null, null, null, csr, null);
    desk.apply(asked(null, Map.of(), own, List.of(), false, false));

    Apply.Entry again = desk.apply(deliver(SHELF));

    assertThat(again.error().message()).startsWith("deliver: needs the private key");
    assertThat(again.order().deliveries()).isEmpty();
  }

  /** Load balancers that use a certificate by its place would keep the expired one. */
  @Test
  void anApplicationAfterAnEndTakesThePlaceOfTheCertificateBefore() {
    desk.apply(deliver(SHELF));
    desk.advance(Duration.ofDays(91));
    desk.renew();
    assertThat(desk.latest("www.example.com").state()).isNotEqualTo(OrderState.ISSUED);
    vendor.on(PREPARE, ready()).on(PLACE, issued("c2", desk.now().plus(Duration.ofDays(90))));

    desk.apply(deliver(SHELF));

    assertThat(desk.deliverer.delivered).containsExactly("null", "shelf-1");
  }

  @Test
  void anApplicationAfterAnEndGoesToTheTargetsOfTheCertificateBefore() {
    Order old = desk.apply(deliver(SHELF)).order();
    desk.advance(Duration.ofDays(91));
    desk.renew();
    vendor.on(PREPARE, ready());
    String note =
        "is delivered to shelf, as order %s was; \"deliver\": [] leaves that out"
            .formatted(desk.latest("www.example.com").id());
    assertThat(old.generation()).isEqualTo(1);

    assertThat(desk.apply(asked(null, Map.of(), Information.none(), null, false, true)).notes())
        .containsExactly(note);
    vendor.on(PREPARE, ready()).on(PLACE, issued("c2", desk.now().plus(Duration.ofDays(90))));
    Apply.Entry next = desk.apply(asked(null, Map.of(), Information.none(), null, false, false));

    assertThat(next.notes()).containsExactly(note);
    assertThat(next.order().terms().deliver()).containsExactly(SHELF);
    assertThat(desk.deliverer.delivered).containsExactly("null", "shelf-1");
  }

  @Test
  void anApplicationAfterAnEndGoesWhereItsRequestSays() {
    desk.apply(deliver(SHELF));
    desk.advance(Duration.ofDays(91));
    desk.renew();
    vendor.on(PREPARE, ready()).on(PLACE, issued("c2", desk.now().plus(Duration.ofDays(90))));

    Apply.Entry next = desk.apply(deliver());

    assertThat(next.notes()).isEmpty();
    assertThat(next.order().terms().deliver()).isEmpty();
  }

  private static Apply.Command automatic() {
    return new Apply.Command(
        List.of(DomainName.parse("www.nowhere.example")),
        List.of("vendor"),
        Apply.Strategy.ALL,
        ValidationMethod.DNS_AUTO,
        null,
        Map.of(),
        Information.none(),
        List.of(),
        false,
        false);
  }

  @Test
  void automaticValidationThatNobodyCanPublishIsReported() {
    vendor.clear();
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));

    assertThat(desk.apply(automatic()).notes())
        .singleElement()
        .asString()
        .startsWith("DNS_AUTO: ")
        .contains("_dnsauth.www.nowhere.example", "no DNS writer has the zone")
        .contains("polycert.dns.delegation-zone", "polycert.dns-writer");
  }

  @Test
  void aWriterThatLacksOnlyItsKeyIsNotSaidToBeMissing() {
    vendor.clear();
    String lacks =
        "set CLOUDFLARE_API_TOKEN in the environment, so that x at cloudflare can be written";
    desk.zones.lacks = lacks;
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));

    assertThat(desk.apply(automatic()).notes())
        .singleElement()
        .asString()
        .startsWith("DNS_AUTO: ")
        .contains("_dnsauth.www.nowhere.example: " + lacks + ", or publish by hand")
        .doesNotContain("no DNS writer has the zone", "polycert.dns");
  }

  @Test
  void whatAProviderMakesNoUseOfIsReported() {
    vendor.information = new InformationUse(Set.of(Information.Part.ORGANIZATION), null, false);
    Information.Person person = new Information.Person("Li Ming", null, null, null, null, null);

    assertThat(
            desk.apply(
                    asked(
                        null,
                        Map.of(),
                        new Information(null, person, person, null, true),
                        List.of(),
                        false,
                        false))
                .notes())
        .containsExactly(
            "vendor makes no use of information.administrator, information.contact,"
                + " information.agreePrivacyProtection");
  }
}
