package dev.polycert.order.step;

import static dev.polycert.domain.ServedAddress.Status.OLDER;
import static dev.polycert.domain.ServedAddress.Status.SERVED;
import static dev.polycert.domain.ServedAddress.Status.UNKNOWN;
import static dev.polycert.domain.ServedAddress.Status.UNREACHABLE;
import static dev.polycert.order.ScriptedProvider.Call.CHECK;
import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.exported;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.ready;
import static dev.polycert.order.VendorAnswers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.domain.ServedAddress;
import dev.polycert.domain.ServedAddress.Status;
import dev.polycert.domain.ServedHost;
import dev.polycert.order.Notice;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.Served;
import dev.polycert.order.use.Desk;
import dev.polycert.provider.Capability;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.RenewalWindow;
import dev.polycert.testing.Resources;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is delivered is looked for where it is to be served. */
class LookoutTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final DeliveryTarget SHELF = new DeliveryTarget("shelf", Map.of("row", "3"));

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));
  private final List<String> looked = new CopyOnWriteArrayList<>();
  private Status status = SERVED;

  @BeforeEach
  void open() {
    vendor.export = exported("canary-private-key");
    issueNext("c1", 90);
    desk.lookEvery = DAY;
    desk.served =
        (host, wanted, deadline) -> {
          looked.add(host.toString());
          return Uni.createFrom().item(List.of(seen(host, Duration.ofDays(80))));
        };
  }

  private ServedAddress seen(ServedHost host, Duration left) {
    return new ServedAddress(
        host.toString(),
        "192.0.2.1",
        status,
        status == SERVED ? null : "is " + status,
        "a1",
        "ff",
        desk.now().minus(Duration.ofDays(10)),
        desk.now().plus(left));
  }

  @Test
  void hostsAreLookedAtSoonAfterADeliveryAndThenDaily() {
    Order order = desk.applyAuto("www.example.com", SHELF);
    assertThat(looked).isEmpty();

    sweepAfter(Duration.ofSeconds(10));
    assertThat(looked).containsExactly("www.example.com:443");
    assertThat(served(order).everywhere()).isTrue();
    assertThat(served(order).next()).isEqualTo(desk.now().plus(DAY));
    assertThat(desk.metrics.take())
        .contains(
            "www.example.com:443 serves until %s, noted until %s"
                .formatted(
                    desk.now().plus(DAY.multipliedBy(80)), desk.now().plus(DAY.multipliedBy(2))));

    sweepAfter(Duration.ofHours(23));
    assertThat(looked).hasSize(1);
    sweepAfter(Duration.ofHours(1));
    assertThat(looked).hasSize(2);
    assertThat(kinds()).containsExactly("order.issued");
  }

  @Test
  void aDifferenceIsShownAtOnceAndToldOfOnceServersHadTheirTime() {
    status = OLDER;
    Order order = desk.applyAuto("www.example.com", SHELF);

    sweepAfter(Duration.ofSeconds(10));
    assertThat(served(order).addresses()).extracting(ServedAddress::status).containsExactly(OLDER);
    sweepAfter(Duration.ofMinutes(1));
    sweepAfter(Duration.ofMinutes(10));
    assertThat(kinds()).containsExactly("order.issued");

    sweepAfter(Duration.ofHours(1));
    assertThat(kinds()).containsExactly("order.issued", "served.differs");
    Notice.Data data = desk.notices.getLast().data();
    assertThat(data.error()).isEqualTo("Served.Older");
    assertThat(data.message()).isEqualTo("www.example.com:443 (192.0.2.1) is OLDER");
    assertThat(looked).hasSize(4);

    sweepAfter(DAY);
    assertThat(kinds()).endsWith("served.differs", "served.differs");
  }

  /** A stale server may be among those that nobody looked at. */
  @Test
  void hostsThatAreTooManyToLookAtAreReported() {
    String names =
        IntStream.range(0, 22)
            .mapToObj("host%02d.example.com"::formatted)
            .collect(Collectors.joining(","));
    Order order = desk.applyWith("www.example.com", Map.of("alternativeNames", names), SHELF);

    sweepAfter(Duration.ofSeconds(10));
    assertThat(looked).hasSize(20);
    assertThat(served(order).everywhere()).isFalse();
    assertThat(served(order).addresses().getLast())
        .satisfies(
            last -> {
              assertThat(last.status()).isEqualTo(Status.UNKNOWN);
              assertThat(last.host()).isEqualTo("host19.example.com:443");
              assertThat(last.detail()).contains("nor were 2 other hosts");
            });
    sweepAfter(DAY);
    sweepAfter(DAY);
    assertThat(kinds()).containsExactly("order.issued");
  }

  @Test
  void anUnreachableHostIsADifferenceWhereSomebodyNamedIt() {
    status = UNREACHABLE;
    desk.applyAuto("www.example.com", SHELF);
    issueNext("c2", 90);
    desk.applyAuto("shop.example.com", serving("shop.example.com:8443"));

    List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(10))
        .forEach(this::sweepAfter);
    sweepAfter(Duration.ofHours(1));

    assertThat(desk.notices)
        .filteredOn(notice -> notice.type().endsWith("served.differs"))
        .extracting(Notice::subject)
        .containsExactly("shop.example.com");
  }

  @Test
  void aCertificateThatEndsSoonIsToldOfWhateverItIs() {
    status = OLDER;
    desk.served =
        (host, wanted, deadline) ->
            Uni.createFrom().item(List.of(seen(host, Duration.ofHours(30))));
    desk.applyAuto("www.example.com", SHELF);

    sweepAfter(Duration.ofSeconds(10));

    assertThat(kinds()).containsExactly("order.issued", "served.expiring");
    assertThat(desk.notices.getLast().type()).isEqualTo("dev.polycert.served.expiring");
  }

  @Test
  void targetsSayWhereTheyServeAndAWildcardHasNoHost() {
    desk.applyAuto(
        "www.example.com", serving("{domain}:8443", "10.0.0.1", "www.example.com@[::1]:8443"));
    issueNext("c2", 90);
    desk.applyAuto("*.example.com", SHELF);
    issueNext("c3", 90);
    desk.applyAuto("quiet.example.com", serving());

    sweepAfter(Duration.ofSeconds(10));

    assertThat(looked)
        .containsExactly(
            "www.example.com:8443", "www.example.com@10.0.0.1:443", "www.example.com@[::1]:8443");
  }

  @Test
  void otherHostsOfATargetAreLookedAtWithoutAnotherDelivery() {
    Order order = desk.applyAuto("www.example.com", SHELF);
    sweepAfter(Duration.ofSeconds(10));

    desk.deliver(order.id(), List.of(serving("www.example.com:8443")), List.of());
    sweepAfter(Duration.ZERO);

    assertThat(desk.deliverer.delivered).hasSize(1);
    assertThat(looked).containsExactly("www.example.com:443", "www.example.com:8443");
    assertThat(desk.find(order.id()).terms().deliver().getFirst().serves())
        .containsExactly("www.example.com:8443");
  }

  @Test
  void theRenewalComesInTimeAndIsLookedForInItsPlace() {
    Order old = desk.applyAuto("www.example.com", SHELF);
    sweepAfter(Duration.ofSeconds(10));

    issueNext("c2", 150);
    desk.advance(Duration.ofDays(61));
    desk.renew();
    sweepAfter(Duration.ofSeconds(10));
    Order renewal = desk.latest("www.example.com");

    assertThat(renewal.renewalOf()).isEqualTo(old.id());
    assertThat(served(renewal).looks()).isEqualTo(1);
    sweepAfter(DAY);
    sweepAfter(DAY);
    assertThat(served(old).next()).isNull();
    assertThat(served(renewal).looks()).isGreaterThan(2);
    assertThat(served(old).looks()).isLessThan(4);
  }

  @Test
  void aLookLeavesWhatIsDueOfTheOrder() {
    Order order = desk.applyAuto("www.example.com", SHELF);
    Instant end = desk.find(order.id()).deadline();

    sweepAfter(Duration.ofSeconds(10));

    Order after = desk.find(order.id());
    assertThat(after.state()).isEqualTo(OrderState.ISSUED);
    assertThat(after.deadline()).isEqualTo(end);
    assertThat(after.issuance().announced()).isTrue();
    assertThat(desk.history(order.id()).getLast().why())
        .isEqualTo("looked: www.example.com:443 (192.0.2.1) serves it");
  }

  @Test
  void aLookLeavesTheNextStepWhereItWas() {
    Order order = desk.applyAuto("www.example.com", SHELF);
    Instant renewal = desk.find(order.id()).nextStepAt();

    sweepAfter(Duration.ofSeconds(10));
    sweepAfter(DAY);

    assertThat(looked).hasSize(2);
    assertThat(renewal).isAfter(Desk.START.plus(Duration.ofDays(50)));
    assertThat(desk.find(order.id()).nextStepAt()).isEqualTo(renewal);
  }

  @Test
  void looksDoNotPutOffTheQuestionForAnUnknownEnd() {
    vendor.clear();
    vendor.on(PREPARE, ready()).on(PLACE, issued("c1", null));
    Order order = desk.applyAuto("www.example.com", SHELF);
    Instant end = desk.now().plus(Duration.ofDays(90));
    vendor.on(CHECK, issued("c1", end));

    sweepAfter(Duration.ofSeconds(10));
    sweepAfter(DAY);

    assertThat(looked).hasSize(2);
    assertThat(desk.find(order.id()).deadline()).isEqualTo(end);
  }

  @Test
  void frequentLooksDoNotPutOffTheFirstQuestionForTheRenewalOfTheCa() {
    vendor.capabilities = EnumSet.allOf(Capability.class);
    desk.lookEvery = Duration.ofHours(1);
    Order order = desk.applyAuto("www.example.com", SHELF);
    RenewalWindow window =
        new RenewalWindow(
            desk.now().plus(Duration.ofDays(40)),
            desk.now().plus(Duration.ofDays(41)),
            null,
            desk.now().plus(Duration.ofDays(1)));
    vendor.window = Optional.of(window);

    for (int hour = 0; hour < 8; hour++) {
      sweepAfter(Duration.ofHours(1));
    }

    assertThat(looked).hasSize(8);
    assertThat(desk.find(order.id()).issuance().suggested()).isEqualTo(window);
  }

  @Test
  void aRenewalThatIsDueWithALookWaitsForItsProviderAndNotAmongTheLooks() throws Exception {
    int many = 110; // more than a lane takes at once
    vendor.clear();
    for (int i = 0; i < many; i++) {
      issueNext("c" + i, 90);
      desk.applyAuto("d" + i + ".example.com", SHELF);
    }
    sweepAfter(Duration.ofSeconds(10));
    looked.clear();
    CompletableFuture<Answer<Preparation>> stuck = new CompletableFuture<>();
    for (int i = 0; i < many; i++) {
      vendor.on(PREPARE, context -> Uni.createFrom().completionStage(stuck));
    }
    desk.advance(Duration.ofDays(61));

    CompletableFuture<List<Order>> swept =
        desk.renew.due(desk.now().plusSeconds(20)).subscribeAsCompletionStage();
    for (int i = 0; i < 500 && looked.size() < many; i++) {
      Thread.sleep(10);
    }
    assertThat(looked).hasSize(many);
    assertThat(swept).isNotDone();

    stuck.complete(refused(ErrorClass.RETRY));
    assertThat(swept.join()).hasSize(many).extracting(Order::generation).containsOnly(2);
  }

  @Test
  void aCallerLooksAtOrdersWithAndWithoutTargets() {
    Order order = desk.applyAuto("www.example.com");

    Order seen = desk.checkServed(order.id()).order();

    assertThat(seen.issuance().served().everywhere()).isTrue();
    assertThat(seen.issuance().served().next()).isNull();
    assertThat(desk.checkServed(ServedHost.parse("a.example.com")).getFirst().addresses())
        .hasSize(1);
    assertThat(looked).containsExactly("www.example.com:443", "a.example.com:443");
  }

  @Test
  void theHostsOfTheConfigurationAreLookedAtOnceADayByOneProcess() {
    status = UNREACHABLE;
    desk.watch = List.of(ServedHost.parse("a.example.com"), ServedHost.parse("192.0.2.7:8443"));

    sweepAfter(Duration.ZERO);
    sweepAfter(Duration.ofHours(23));
    assertThat(looked)
        .containsExactlyInAnyOrder(
            "a.example.com:443", "192.0.2.7:8443", "a.example.com:443", "192.0.2.7:8443");
    assertThat(desk.notices)
        .extracting(Notice::type)
        .containsExactly("dev.polycert.served.differs", "dev.polycert.served.differs");
    assertThat(desk.notices.getFirst().data().orderId()).isNull();

    status = SERVED;
    sweepAfter(Duration.ofHours(1));
    assertThat(looked).hasSize(6);
  }

  @Test
  void aWatchedHostThatIsWellAgainAtTheSecondLookIsNoNews() {
    desk.watch = List.of(ServedHost.parse("a.example.com"));
    desk.served =
        (host, wanted, deadline) -> {
          status = looked.isEmpty() ? UNREACHABLE : SERVED;
          looked.add(host.toString());
          return Uni.createFrom().item(List.of(seen(host, Duration.ofDays(80))));
        };

    sweepAfter(Duration.ZERO);

    assertThat(looked).hasSize(2);
    assertThat(desk.notices).isEmpty();
  }

  @Test
  void whatCouldNotBeLookedAtIsNoNews() {
    status = UNKNOWN;
    desk.watch = List.of(ServedHost.parse("a.example.com"));
    Order order = desk.applyAuto("shop.example.com", serving("shop.example.com:8443"));

    List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(10))
        .forEach(this::sweepAfter);
    sweepAfter(Duration.ofHours(1));

    assertThat(served(order).everywhere()).isFalse();
    assertThat(kinds()).containsExactly("order.issued");
  }

  private static DeliveryTarget serving(String... hosts) {
    return new DeliveryTarget("shelf", SHELF.options(), List.of(hosts));
  }

  private void issueNext(String id, int days) {
    vendor.on(PREPARE, ready()).on(PLACE, issued(id, desk.now().plus(Duration.ofDays(days))));
  }

  private void sweepAfter(Duration pause) {
    desk.advance(pause);
    desk.renew();
  }

  private Served served(Order order) {
    return desk.find(order.id()).issuance().served();
  }

  private List<String> kinds() {
    return desk.notices.stream().map(notice -> notice.type().replace("dev.polycert.", "")).toList();
  }
}
