package dev.polycert.order.use;

import static dev.polycert.order.ScriptedProvider.Call.CHECK;
import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.RECORD;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static dev.polycert.order.VendorAnswers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.domain.Finding;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Validation;
import dev.polycert.testing.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A change of the DNS makes pending orders be checked, and nothing else. */
class DnsChangeTest {
  private static final Validation BELOW =
      Validation.dns("a.b.example.com", "_dnsauth.a.b.example.com", "TXT", "fake-value-3");
  private static final Validation ELSEWHERE =
      Validation.dns("www.example.net", "_dnsauth.www.example.net", "TXT", "fake-value-4");

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));

  @ParameterizedTest
  @CsvSource({
    "www.example.com, _dnsauth.www.example.com",
    "www.example.com, www.example.com",
    "*.example.com, _acme-challenge.example.com",
    "*.example.com, *.example.com",
    "example.com, _dnsauth.example.com",
    "www.example.com, _abc123.example.com",
    "www.example.com, _a._b.www.example.com",
    "bücher.example.com, _dnsauth.xn--bcher-kva.example.com",
    "bücher.example.com, _dnsauth.bücher.example.com",
  })
  void theOrderUnderTheNameIsChecked(String domain, String recordName) {
    Order order = pending(domain);
    vendor.on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));

    assertThat(desk.changed(recordName)).extracting(Order::id).containsExactly(order.id());
    assertThat(desk.find(order.id()).state()).isEqualTo(OrderState.ISSUED);
  }

  @ParameterizedTest
  @CsvSource({"_dnsauth.other.example.com", "_dnsauth.www.example.org", "com", "_x", "_", "a b"})
  void otherNamesTouchNothing(String recordName) {
    pending("www.example.com");

    assertThat(desk.changed(recordName)).isEmpty();
    assertThat(vendor.calls).containsExactly(PREPARE, PLACE);
  }

  @Test
  void theValueIsNotBelievedAndTheNextStepsComeFastAgain() {
    Order order = pending("www.example.com");
    for (int i = 0; i < 9; i++) {
      vendor.on(CHECK, refused(ErrorClass.PENDING));
      desk.check(order.id());
    }
    vendor.on(CHECK, refused(ErrorClass.PENDING));

    Order checked = desk.changed("_dnsauth.www.example.com").getFirst();

    assertThat(checked.state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertThat(checked.nextStepAt()).isBefore(desk.now().plusSeconds(60));
    assertThat(checked.deadline()).isEqualTo(order.deadline());
  }

  @Test
  void ordersThatWaitForNoValidationAreLeftAlone() {
    vendor.on(PREPARE, issued("c1", desk.now().plus(Duration.ofDays(90))));
    desk.apply("www.example.com");

    assertThat(desk.changed("_dnsauth.www.example.com")).isEmpty();
  }

  @Test
  void oneNameAmongAThousandIsFound() {
    Order order = pending("www.example.com");
    vendor.on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));
    Stream<String> others = IntStream.range(0, 999).mapToObj(i -> "_x.host" + i + ".example.net");

    List<Order> checked =
        desk.changed(
            Stream.concat(others, Stream.of("_dnsauth.www.example.com")).toArray(String[]::new));

    assertThat(checked).extracting(Order::id).containsExactly(order.id());
    assertThat(desk.find(order.id()).state()).isEqualTo(OrderState.ISSUED);
  }

  /** Among them the record of a further name of the certificate. */
  @Test
  void anOrderIsFoundByEachRecordThatItWaitsFor() {
    Validation other =
        Validation.dns("api.example.net", "_dnsauth.API.example.net", "TXT", "fake-value-2");
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD, other));
    Order order = desk.apply("www.example.com");
    vendor.on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));

    assertThat(desk.changed("_dnsauth.api.example.net"))
        .extracting(Order::id)
        .containsExactly(order.id());
  }

  /** The record is at the end of a CNAME, or the event does not say where. */
  @Test
  void namesThatLeadToNoOrderMakeTheWaitingOnesBeLookedAt() {
    Order order = pending("www.example.com");
    assertThat(desk.changed("abc.valid.example.net")).as("nothing is there").isEmpty();

    desk.sight = Finding.Status.PRESENT;
    vendor.on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));

    assertThat(desk.changed("abc.valid.example.net"))
        .extracting(Order::id)
        .containsExactly(order.id());
  }

  @Test
  void theOrdersBelowAChangedDelegationAreLookedAtBesideThatOfItsName() {
    Order at = pending("example.com");
    Order below = pending("a.b.example.com", "c2", BELOW);
    Order elsewhere = pending("www.example.net", ELSEWHERE);
    desk.sight = Finding.Status.PRESENT;
    vendor.on(CHECK, refused(ErrorClass.PENDING)).on(CHECK, refused(ErrorClass.PENDING));

    assertThat(desk.changed("example.com"))
        .extracting(Order::id)
        .contains(at.id(), below.id())
        .doesNotContain(elsewhere.id());
  }

  @Test
  void aChangeOfAWildcardIsOfAllNamesBelowIt() {
    Order first = pending("www.example.com");
    Order below = pending("a.b.example.com", "c2", BELOW);
    desk.sight = Finding.Status.PRESENT;
    vendor.on(CHECK, refused(ErrorClass.PENDING)).on(CHECK, refused(ErrorClass.PENDING));

    assertThat(desk.changed("*.example.com"))
        .extracting(Order::id)
        .contains(first.id(), below.id());
  }

  /** The name that leads to an order hides none that is the end of another order's CNAME. */
  @Test
  void eachNameOfAnEventIsFollowed() {
    Order first = pending("www.example.com");
    Order delegated = pending("www.example.net", "c2", ELSEWHERE);
    desk.sight = Finding.Status.PRESENT;
    vendor.on(CHECK, refused(ErrorClass.PENDING)).on(CHECK, refused(ErrorClass.PENDING));

    assertThat(desk.changed("_dnsauth.www.example.com", "abc.valid.example.org"))
        .extracting(Order::id)
        .contains(first.id(), delegated.id());
  }

  @Test
  void anEventWithoutNamesChecksWhatIsPublished() {
    Order order = pending("www.example.com");
    assertThat(desk.changedSomewhere().checked()).isEmpty();

    desk.sight = Finding.Status.PRESENT;
    vendor.on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));

    assertThat(desk.changedSomewhere().checked()).extracting(Order::id).containsExactly(order.id());
    assertThat(desk.find(order.id()).state()).isEqualTo(OrderState.ISSUED);
  }

  /** A batch may be larger than what one event can look at; none of it waits its whole pause. */
  @Test
  void theNextStepsOfOrdersThatAreNotLookedAtComeSoon() {
    int all = DnsChange.MAX_LOOKS + 40;
    for (int i = 0; i < all; i++) {
      Order order = desk.recorded("vendor", "host" + i + ".example.com");
      Instant later = desk.now().plus(Duration.ofMinutes(30)).plusMillis(i);
      Order draft =
          order
              .with(OrderState.PENDING_VALIDATION)
              .with(order.placement().withValidations(List.of(RECORD)))
              .with(order.schedule().withNextStepAt(later));
      desk.book.transition(draft.recordedAt(desk.now()), "later", null).await().indefinitely();
    }

    DnsChange.Result result =
        desk.dnsChange
            .under(List.of("abc.valid.example.net"), desk.now().plusSeconds(20))
            .await()
            .indefinitely();

    assertThat(result.left()).isEqualTo(40);
    assertThat(desk.everything()).hasSize(all);
    assertThat(desk.everything().stream().filter(it -> !it.nextStepAt().isAfter(desk.now())))
        .hasSize(40);
  }

  private Order pending(String domain) {
    return pending(domain, RECORD);
  }

  private Order pending(String domain, Validation record) {
    return pending(domain, "c1", record);
  }

  private Order pending(String domain, String certificateId, Validation record) {
    vendor
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, certificateId, record));
    return desk.apply(domain);
  }
}
