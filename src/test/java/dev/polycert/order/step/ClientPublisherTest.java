package dev.polycert.order.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.dns.DelegationZone;
import dev.polycert.dns.DnsRecord;
import dev.polycert.domain.DomainName;
import dev.polycert.order.ClientNames;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.Publication;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Desk;
import dev.polycert.provider.Validation;
import dev.polycert.testing.Resources;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records of clients: on record first, shared, and removed though nobody asks for it. */
class ClientPublisherTest {
  private static final DomainName DOMAIN = DomainName.parse("www.example.com");
  private static final ClientNames NAMES = new ClientNames(List.of("www.example.com"));
  private static final String ASKED = "_acme-challenge.www.example.com";
  private static final String FOREIGN = "_acme-challenge.bank.example.com";
  private static final Validation FIRST = record("first");
  private static final Validation SECOND = record("second");
  private static final Duration KEEP = Duration.ofHours(1);

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));

  @BeforeEach
  void open() {
    desk.zones.zone = "example.com";
  }

  @Test
  void aRecordIsOnRecordBeforeItIsWrittenAndGoneWhenItIsCleanedUp() {
    desk.zones.beforeCreate =
        () ->
            assertThat(desk.all())
                .singleElement()
                .satisfies(
                    order ->
                        assertThat(order.publications())
                            .extracting(Publication::state)
                            .containsExactly(Publication.State.WRITING));

    assertThat(present("web", FIRST)).isEmpty();
    assertThat(values()).containsExactly("first");

    cleanUp("web", FIRST);

    assertThat(values()).isEmpty();
    assertThat(desk.all()).singleElement().matches(o -> o.state() == OrderState.CANCELLED);
    assertThat(desk.notices).isEmpty();
  }

  @Test
  void aNameAndItsWildcardAreCleanedUpEachForItself() {
    present("web", FIRST);
    present("web", SECOND);
    assertThat(values()).containsExactly("first", "second");

    cleanUp("web", FIRST);
    assertThat(values()).containsExactly("second");
    cleanUp("web", SECOND);

    assertThat(values()).isEmpty();
    assertThat(desk.all()).hasSize(1);
  }

  @Test
  void whatIsRepeatedChangesNothing() {
    present("web", FIRST);
    present("web", FIRST);
    cleanUp("web", SECOND);
    assertThat(values()).containsExactly("first");

    cleanUp("web", FIRST);
    cleanUp("web", FIRST);
    assertThat(present("web", FIRST)).as("the next certificate").isEmpty();

    assertThat(values()).containsExactly("first");
    assertThat(desk.all()).extracting(Order::generation).containsExactly(1, 2);
  }

  @Test
  void whatWasCleanedUpBesideAnotherIsPublishedAgain() {
    present("web", FIRST);
    present("web", SECOND);
    cleanUp("web", FIRST);

    assertThat(present("web", FIRST)).isEmpty();

    assertThat(values()).containsExactlyInAnyOrder("first", "second");
  }

  @Test
  void theRecordOfADeadClientIsRemovedAfterItsTime() {
    present("web", FIRST);
    desk.advance(KEEP.minusMinutes(1));
    desk.renew();
    assertThat(values()).containsExactly("first");

    desk.advance(Duration.ofMinutes(1));
    desk.renew();

    assertThat(values()).isEmpty();
    Order order = desk.all().getFirst();
    assertThat(order.state()).isEqualTo(OrderState.CANCELLED);
    assertThat(desk.history(order.id()).toString()).contains("has not cleaned up in time");
    assertThat(desk.renew()).as("nothing is left to do").isEmpty();
  }

  @Test
  void aRecordThatCannotBeRemovedNowIsRemovedByTheSweep() {
    present("web", FIRST);
    desk.zones.refusal = new VendorError(ErrorClass.RETRY, "Down", "not now");
    cleanUp("web", FIRST);
    assertThat(values()).containsExactly("first");

    desk.zones.refusal = null;
    desk.advance(Duration.ofMinutes(2));
    desk.renew();

    assertThat(values()).isEmpty();
  }

  @Test
  void aRecordThatAnotherClientNeedsStays() {
    present("web", FIRST);
    present("mail", FIRST);

    cleanUp("web", FIRST);
    assertThat(values()).containsExactly("first");

    cleanUp("mail", FIRST);
    assertThat(values()).isEmpty();
  }

  @Test
  void whatCannotBeWrittenIsReportedAndNothingIsLeft() {
    desk.zones.refusal = new VendorError(ErrorClass.CREDENTIALS, "Denied", "no right to write");
    assertThat(present("web", FIRST)).map(VendorError::code).contains("Denied");

    desk.zones.refusal = null;
    desk.zones.zone = null;
    assertThat(present("web", FIRST)).map(VendorError::code).contains("Dns.NoWriter");

    assertThat(desk.all()).allMatch(order -> order.state() == OrderState.CANCELLED);
  }

  @Test
  void whereACnameLeadsToANameOfSomebodyElseNothingIsWritten() {
    desk.zones.delegated.put(ASKED, FOREIGN);

    assertThat(present("web", FIRST))
        .hasValueSatisfying(
            error -> {
              assertThat(error.code()).isEqualTo("Dns.NotOfClient");
              assertThat(error.message())
                  .contains(ASKED + " leads to " + FOREIGN, target(ASKED), "below www.example.com");
            });

    assertThat(desk.zones.calls).as("it is not even looked at").isEmpty();
    assertThat(desk.all()).allMatch(order -> order.state() == OrderState.CANCELLED);
  }

  @Test
  void theTargetOfAnotherNameIsNotTheClients() {
    desk.zones.delegated.put(ASKED, target(FOREIGN));
    assertThat(present("web", FIRST)).map(VendorError::code).contains("Dns.NotOfClient");

    ClientNames above = new ClientNames(List.of("example.com"));
    DelegationZone below =
        new DelegationZone(
            "acme.example.com", desk.zones.covering("acme.example.com").orElseThrow());
    String foreign = below.target(FOREIGN);
    assertThat(above.refusal(foreign, foreign, Optional.of(below)))
        .as("though the client has the domain above the zone")
        .map(VendorError::message)
        .hasValueSatisfying(
            message -> assertThat(message).contains("the target of another name's delegation"));
    assertThat(new ClientNames(List.of(foreign)).refusal(foreign, foreign, Optional.of(below)))
        .as("unless it is given by name")
        .isEmpty();

    assertThat(values()).isEmpty();
  }

  @Test
  void whereACnameLeadsToItsOwnTargetOrNameTheRecordThatWasWrittenIsRemoved() {
    for (String end : List.of(target(ASKED), "challenges.www.example.com")) {
      desk.zones.delegated.put(ASKED, end);
      assertThat(present("web", FIRST)).isEmpty();
      assertThat(desk.zones.records.keySet()).extracting(DnsRecord::name).containsExactly(end);

      desk.zones.delegated.put(ASKED, FOREIGN);
      cleanUp("web", FIRST);
      assertThat(values()).isEmpty();
    }
  }

  @Test
  void aClientHasOnlySoManyOpenRecords() {
    for (int i = 0; i < 100; i++) {
      assertThat(present("web", i % 2 == 0 ? DOMAIN : below(i), record("value-" + i))).isEmpty();
    }

    assertThat(present("web", below(0), SECOND))
        .map(VendorError::code)
        .contains("Client.TooManyRecords");
    assertThat(values()).hasSize(100).doesNotContain("second");
    assertThat(present("web", below(99), record("value-99"))).as("repeated").isEmpty();
    assertThat(present("mail", below(0), SECOND)).as("another client").isEmpty();

    cleanUp("web", record("value-0"));
    assertThat(present("web", below(1), FIRST)).isEmpty();
    assertThat(present("web", below(1), SECOND)).isPresent();
    desk.advance(KEEP);
    desk.renew();
    assertThat(present("web", below(1), SECOND)).as("the others have ended").isEmpty();
  }

  @Test
  void recordsThatAreCleanedUpDoNotCount() {
    for (int i = 0; i < 101; i++) {
      assertThat(present("web", record("value-" + i))).isEmpty();
      cleanUp("web", record("value-" + i));
    }
  }

  private static DomainName below(int number) {
    return DomainName.parse(number + ".www.example.com");
  }

  private String target(String name) {
    return desk.zones.delegationZone().orElseThrow().target(name);
  }

  private Optional<VendorError> present(String client, Validation record) {
    return present(client, DOMAIN, record);
  }

  private Optional<VendorError> present(String client, DomainName domain, Validation record) {
    return wait(
        desk.clients.present(client, NAMES, domain, record, KEEP, desk.now().plusSeconds(20)));
  }

  private void cleanUp(String client, Validation record) {
    wait(desk.clients.cleanUp(client, DOMAIN, record, desk.now().plusSeconds(20)));
  }

  private List<String> values() {
    return desk.zones.records.keySet().stream().map(record -> record.value()).toList();
  }

  private static Validation record(String value) {
    return Validation.dns("www.example.com", "_acme-challenge.www.example.com", "TXT", value);
  }

  private static <T> T wait(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(20));
  }
}
