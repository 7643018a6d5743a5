package dev.polycert.order.use;

import static dev.polycert.order.ScriptedProvider.Call.CHECK;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.ScriptedProvider.Call.SUBMIT;
import static dev.polycert.order.VendorAnswers.RECORD;
import static dev.polycert.order.VendorAnswers.progress;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Information;
import dev.polycert.provider.InformationUse;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.testing.Csrs;
import dev.polycert.testing.Resources;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Information for an order with which somebody else is at work. */
class SubmitTest {
  private static final Information PART =
      new Information(null, null, null, Csrs.of("www.example.com").pem(), true);

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));

  /** An order whose information is not complete, and then is. */
  private Order waiting() {
    vendor.missing = List.of("information.csr");
    vendor.on(PREPARE, progress(Phase.PENDING_INFORMATION, "paid"));
    Order order = desk.apply("www.example.com");
    assertThat(order.state()).isEqualTo(OrderState.PENDING_INFORMATION);
    vendor.missing = List.of();
    return order;
  }

  /** Sends it, and does something else between the intent and the answer. */
  private void whileItIsSent(Runnable other) {
    vendor.onWrite(SUBMIT, other, progress(Phase.PENDING_VALIDATION, "paid", RECORD));
  }

  @Test
  void aPasswordIsRefusedWhereTheKeyStaysWithTheApplicant() {
    Order order = waiting();
    vendor.missing = List.of("information.contact");
    desk.submit(order.id(), PART);

    Submit.Entry refused =
        desk.submit(order.id(), new Information(null, null, null, null, null, "sealed"));

    assertThat(refused.error().message()).contains("information.keyPassword", "has a csr");
    assertThat(desk.find(order.id()).terms().information().keyPassword()).isNull();
  }

  @Test
  void aPasswordIsRefusedWhereTheProviderHasNoUseForIt() {
    Order order = waiting();
    vendor.missing = List.of("information.contact");
    vendor.information = new InformationUse(Set.of(Information.Part.CONTACT), null, false);

    Submit.Entry refused =
        desk.submit(order.id(), new Information(null, null, null, null, null, "sealed"));

    assertThat(refused.error().message())
        .isEqualTo("information.keyPassword: vendor has no use for one; leave it out");
  }

  /** As apply refuses both in one request. */
  @Test
  void aCsrIsRefusedWhereATargetNeedsTheKey() {
    vendor.missing = List.of("information.csr");
    vendor.on(PREPARE, progress(Phase.PENDING_INFORMATION, "paid"));
    Order order =
        desk.applyAuto("www.example.com", new DeliveryTarget("shelf", Map.of("row", "3")));

    Submit.Entry refused = desk.submit(order.id(), PART);

    assertThat(refused.error().message())
        .contains("information.csr", "is delivered to shelf", "POST /deliver");
    assertThat(desk.find(order.id()).terms().information().csr()).isNull();
  }

  @Test
  void theOrderIsForTheKeyOfItsCsr() {
    Order order = waiting();
    vendor.missing = List.of("information.contact");

    Submit.Entry taken = desk.submit(order.id(), PART);

    assertThat(order.terms().keyAlgorithm()).isEqualTo(KeyAlgorithm.RSA_2048);
    assertThat(desk.find(order.id()).terms().keyAlgorithm()).isEqualTo(KeyAlgorithm.EC_P256);
    assertThat(taken.notes()).singleElement().asString().contains("EC_P256", "RSA_2048");
  }

  @Test
  void whatTheProviderMakesNoUseOfIsNamed() {
    Order order = waiting();
    vendor.missing = List.of("information.contact");
    vendor.information = new InformationUse(Set.of(Information.Part.CONTACT), null, false);

    assertThat(desk.submit(order.id(), new Information(null, null, null, null, true)).notes())
        .containsExactly("vendor makes no use of information.agreePrivacyProtection");
  }

  /** The answer to the first request was lost. */
  @Test
  void whatAnOrderWasGivenIsDoneWhenItIsGivenAgain() {
    Order order = waiting();
    vendor.onWrite(SUBMIT, () -> {}, progress(Phase.PENDING_VALIDATION, "paid", RECORD));
    assertThat(desk.submit(order.id(), PART).sent()).isTrue();

    Submit.Entry again = desk.submit(order.id(), PART);

    assertThat(again.error()).isNull();
    assertThat(again.missing()).isEmpty();
    assertThat(again.sent()).isFalse();
    assertThat(again.notes())
        .containsExactly("the order was given this before; nothing is sent again");
    assertThat(vendor.calls).filteredOn(SUBMIT::equals).hasSize(1);
    assertThat(desk.submit(order.id(), new Information(null, null, null, null, false)).error())
        .isNotNull();
  }

  @Test
  void whileItIsSentNothingIsMergedThatWouldLoseTheAnswer() {
    Order order = waiting();
    Information other = new Information(null, null, null, null, false);
    whileItIsSent(
        () -> {
          assertThat(desk.submit(order.id(), other).error().message()).contains("under way");
          assertThat(desk.submit(order.id(), PART).error()).isNull();
        });

    assertThat(desk.submit(order.id(), PART).sent()).isTrue();

    Order sent = desk.find(order.id());
    assertThat(sent.state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertThat(sent.validations()).containsExactly(RECORD);
  }

  @Test
  void anOrderThatMovedOnBeforeTheMergeTakesNoInformation() {
    Order order = waiting();
    vendor.missing = List.of("information.csr");
    vendor.on(CHECK, progress(Phase.PENDING_VALIDATION, "paid", RECORD));
    Submit submitting =
        new Submit(
            new NamedOrders(
                onSecondFind(() -> desk.check(order.id())), desk.steps, desk.anotherFanOut()),
            desk.steps,
            Desk.VAULT);

    Submit.Entry late =
        submitting
            .submit(List.of(order.id()), PART, desk.now().plusSeconds(20))
            .await()
            .atMost(Duration.ofSeconds(20))
            .getFirst()
            .result();

    assertThat(late.sent()).isFalse();
    assertThat(late.error().code()).isEqualTo("Conflict");
    assertThat(late.error().message()).contains("PENDING_VALIDATION");
    assertThat(desk.find(order.id()).terms()).isEqualTo(order.terms());
  }

  /** The desk's book; the order moves on between the look whether it waits and the merge. */
  private OrderBook onSecondFind(Runnable before) {
    AtomicInteger finds = new AtomicInteger();
    return (OrderBook)
        Proxy.newProxyInstance(
            OrderBook.class.getClassLoader(),
            new Class<?>[] {OrderBook.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("find") && finds.incrementAndGet() == 2) {
                before.run();
              }
              return method.invoke(desk.book, arguments);
            });
  }

  @Test
  void anOrderAtItsDeadlineIsNotEndedWhileItsInformationIsSent() {
    Order order = waiting();
    desk.advance(Duration.ofHours(72).minusSeconds(5));
    whileItIsSent(
        () -> {
          desk.advance(Duration.ofSeconds(10));
          desk.renew();
        });

    Submit.Entry submitted = desk.submit(order.id(), PART);

    assertThat(submitted.sent()).isTrue();
    assertThat(desk.find(order.id()).state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertThat(desk.find(order.id()).validations()).containsExactly(RECORD);
  }
}
